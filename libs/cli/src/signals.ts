/** What a process looks like to the signal handling. */
export interface SignalEmitter {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** Reason of an abort by a signal. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly signal: 'SIGINT' | 'SIGTERM';
  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`stopped by ${signal}`);
    this.signal = signal;
  }
}

export interface Signals {
  readonly signal: AbortSignal;
  /** Takes the listeners off. May be called twice. */
  stop(): void;
}

/**
 * SIGINT and SIGTERM abort the signal, so that work ends in order; a second SIGINT ends the process at once
 * with 130, through `exit`.
 */
export function listenForSignals(emitter: SignalEmitter, exit: (code: number) => void): Signals {
  const controller = new AbortController();
  const onInterrupt = () => {
    if (controller.signal.aborted) exit(130);
    else controller.abort(new InterruptedError('SIGINT'));
  };
  const onTerminate = () => {
    if (!controller.signal.aborted) controller.abort(new InterruptedError('SIGTERM'));
  };
  emitter.on('SIGINT', onInterrupt);
  emitter.on('SIGTERM', onTerminate);
  return {
    signal: controller.signal,
    stop() {
      emitter.off('SIGINT', onInterrupt);
      emitter.off('SIGTERM', onTerminate);
    },
  };
}
