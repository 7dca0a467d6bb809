import type { Writable } from 'node:stream';

/** Nobody reads any more (`| head`): the program ends quietly. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
}

/** Text to a stream, in order, with back-pressure. */
export interface TextOutput {
  /**
   * Resolves when more may be written.
   * @throws OutputClosedError when nobody reads any more; other errors of the stream as they are.
   */
  write(text: string): Promise<void>;
  /** Resolves when everything has been handed to the system. */
  flush(): Promise<void>;
  /** Aborted when nobody reads any more. */
  readonly closed: AbortSignal;
  /** Takes its listeners off the stream. */
  stop(): void;
}

export function createTextOutput(stream: Writable): TextOutput {
  const closed = new AbortController();
  let failure: Error | null = null;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const resume of waiting) resume();
    waiting.clear();
  };
  const onError = (error: NodeJS.ErrnoException) => {
    failure ??= isClosed(error) ? new OutputClosedError('nobody reads the output', { cause: error }) : error;
    if (failure instanceof OutputClosedError) closed.abort(failure);
    wake();
  };
  stream.on('error', onError);
  stream.on('drain', wake);
  stream.on('close', wake);
  return {
    closed: closed.signal,
    async write(text) {
      if (failure) throw failure;
      if (stream.destroyed) throw new OutputClosedError('the output is closed');
      if (stream.write(text)) return;
      await new Promise<void>((resolve) => waiting.add(resolve));
      if (failure) throw failure;
    },
    async flush() {
      if (failure) throw failure;
      if (stream.destroyed) return;
      await new Promise<void>((resolve) => stream.write('', () => resolve()));
      if (failure) throw failure;
    },
    stop() {
      stream.off('drain', wake);
      stream.off('close', wake);
      // The error listener stays: an EPIPE may still come after the last write and must not end in a stack.
    },
  };
}

function isClosed(error: NodeJS.ErrnoException): boolean {
  return (
    error.code === 'EPIPE' ||
    error.code === 'ERR_STREAM_DESTROYED' ||
    error.code === 'ERR_STREAM_WRITE_AFTER_END'
  );
}
