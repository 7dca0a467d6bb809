interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Callers that wait until the head is past a position. */
export class HeadWaiters {
  private readonly waiting = new Set<Waiter>();

  /** Resolves at once when the head is past the position already. */
  wait(head: number, position: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (head > position) return resolve();
      const leave = () => {
        this.waiting.delete(waiter);
        signal.removeEventListener('abort', abort);
      };
      const abort = () => {
        leave();
        reject(signal.reason);
      };
      const waiter: Waiter = {
        position,
        resolve: () => {
          leave();
          resolve();
        },
        reject: (reason) => {
          leave();
          reject(reason);
        },
      };
      this.waiting.add(waiter);
      signal.addEventListener('abort', abort);
    });
  }

  moved(head: number): void {
    for (const waiter of [...this.waiting]) if (head > waiter.position) waiter.resolve();
  }

  rejectAll(reason: unknown): void {
    for (const waiter of [...this.waiting]) waiter.reject(reason);
  }
}
