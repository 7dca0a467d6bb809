/** Whole lines out of chunks, bounded: what a pipe gives comes in any pieces. */
export interface LineCutter {
  /** Whole lines, each with its newline, that the chunk completes; null when it completes none. */
  push(chunk: Buffer): Buffer | null;
}

/**
 * @param maxLineBytes longer lines are dropped whole.
 * @param onDropped told how long a dropped line was, newline included.
 */
export function createLineCutter(maxLineBytes: number, onDropped: (bytes: number) => void): LineCutter {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let dropping = 0;

  function keep(rest: Buffer): void {
    if (rest.length === 0) return;
    if (dropping > 0 || pendingBytes + rest.length > maxLineBytes) {
      dropping += pendingBytes + rest.length;
      pending = [];
      pendingBytes = 0;
    } else {
      pending.push(Buffer.from(rest));
      pendingBytes += rest.length;
    }
  }

  return {
    push(chunk) {
      let from = 0;
      if (dropping > 0 || pendingBytes > 0) {
        const newline = chunk.indexOf(10);
        if (newline === -1) {
          keep(chunk);
          return null;
        }
        keep(chunk.subarray(0, newline + 1));
        from = newline + 1;
        if (dropping > 0) {
          onDropped(dropping);
          dropping = 0;
        }
      }
      const last = chunk.lastIndexOf(10);
      const whole = last >= from ? [chunk.subarray(from, last + 1)] : [];
      const lines = Buffer.concat([...pending, ...whole]);
      pending = [];
      pendingBytes = 0;
      keep(chunk.subarray(Math.max(from, last + 1)));
      return lines.length === 0 ? null : lines;
    },
  };
}
