import { isUtf8 } from 'node:buffer';

/** How a format wants its bytes: text, or one character per byte (metafied zsh histories). */
export type LineEncoding = 'utf-8' | 'binary';

/**
 * One line's bytes as text: UTF-8 where they are valid UTF-8, else latin1, so that no byte is ever replaced
 * and one bad line does not spoil its neighbours. `binary` is latin1 always.
 *
 * The string is a copy: keeping it does not keep the buffer.
 */
export function decodeLine(
  bytes: Buffer,
  start: number,
  end: number,
  encoding: LineEncoding = 'utf-8',
): string {
  if (encoding === 'binary') return bytes.toString('latin1', start, end);
  return isUtf8(bytes.subarray(start, end))
    ? bytes.toString('utf8', start, end)
    : bytes.toString('latin1', start, end);
}
