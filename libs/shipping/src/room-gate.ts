/** Where appends wait for room in the spool: until something was acknowledged, or a moment has passed. */
export class RoomGate {
  private readonly pollMs: number;
  private wake: (() => void) | undefined;
  private depth = 0;

  constructor(pollMs: number) {
    this.pollMs = pollMs;
  }

  get waiting(): boolean {
    return this.depth > 0;
  }

  /** Lets the waiting one try again. */
  open(): void {
    this.wake?.();
  }

  /** Tries until it says true. @throws the signal's reason when it aborts in between. */
  async pass(attempt: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    if (await attempt()) return;
    this.depth++;
    try {
      do await this.wait(signal);
      while (!(await attempt()));
    } finally {
      this.depth--;
    }
  }

  private async wait(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        this.wake = undefined;
      };
      const abort = () => {
        done();
        reject(signal.reason);
      };
      // A full disk tells nobody when there is room again.
      const timer = setTimeout(() => this.wake?.(), this.pollMs);
      this.wake = () => {
        done();
        resolve();
      };
      signal.addEventListener('abort', abort);
    });
  }
}
