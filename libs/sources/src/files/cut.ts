/** What to do with the bytes that stand at a stream's position. Positions are indexes into the buffer. */
export type Cut =
  /** Whole lines up to `end`. */
  | { readonly kind: 'lines'; readonly end: number }
  /** An unfinished line, nothing before it: wait for its newline. */
  | { readonly kind: 'partial' }
  /** The first line is longer than allowed. */
  | { readonly kind: 'too-long' }
  /** NULs up to the end of what was read: perhaps a hole that data will follow. */
  | { readonly kind: 'nul-open' }
  /** A hole of this many NULs, with data behind it. */
  | { readonly kind: 'nul-hole'; readonly length: number };

/** A run of NULs at a line's start counts as a hole from this length; at a stream's start, any does. */
export const NUL_HOLE_BYTES = 64;
const NEWLINE = 10;
const NEWLINE_NUL = Buffer.from('\n\0');

/**
 * Cuts a block at its last newline; before that at the first hole or overlong line, so that the next block
 * starts with it. Works in a few native searches a block, not per line.
 *
 * @param atStreamStart whether `start` is offset 0 of the file: a writer without O_APPEND that goes on after
 *   copytruncate leaves a hole there, however short (logrotate#363).
 */
export function cutBlock(
  buffer: Buffer,
  start: number,
  end: number,
  maxLineBytes: number,
  atStreamStart: boolean,
): Cut {
  if (start >= end) return { kind: 'partial' };
  if (buffer[start] === 0) {
    const run = nulRun(buffer, start, end);
    if (start + run === end) return { kind: 'nul-open' };
    if (atStreamStart || run >= NUL_HOLE_BYTES) return { kind: 'nul-hole', length: run };
  }
  const last = buffer.lastIndexOf(NEWLINE, end - 1);
  if (last < start) return { kind: end - start > maxLineBytes ? 'too-long' : 'partial' };
  const limit = beforeHole(buffer, start, last + 1, end);
  const stop = beforeOverlong(buffer, start, limit, maxLineBytes);
  return stop === start ? { kind: 'too-long' } : { kind: 'lines', end: stop };
}

/** How many NULs stand from `start`. */
export function nulRun(buffer: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && buffer[at] === 0) at++;
  return at - start;
}

function beforeHole(buffer: Buffer, start: number, limit: number, end: number): number {
  const first = buffer.indexOf(0, start);
  if (first === -1 || first >= limit) return limit;
  for (let at = buffer.indexOf(NEWLINE_NUL, start); at !== -1 && at + 1 < limit; ) {
    const run = nulRun(buffer, at + 1, end);
    if (run >= NUL_HOLE_BYTES) return at + 1;
    at = buffer.indexOf(NEWLINE_NUL, at + 1);
  }
  return limit;
}

function beforeOverlong(buffer: Buffer, start: number, limit: number, maxLineBytes: number): number {
  let lineStart = start;
  while (limit - lineStart > maxLineBytes + 1) {
    const newline = buffer.lastIndexOf(NEWLINE, lineStart + maxLineBytes);
    if (newline < lineStart) return lineStart;
    lineStart = newline + 1;
  }
  return limit;
}
