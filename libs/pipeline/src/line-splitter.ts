import { decodeLine, type LineEncoding } from '@suite/formats';
import type { LineRef } from './stream-parsers.ts';

export interface LineBlock {
  /** Whole lines, each with its `\n`; the last block of an input may lack one. */
  readonly block: Buffer;
  /** Byte offset of the block in the input. */
  readonly offset: number;
}

/** Lines longer than this are cut into pieces of this size. */
const LONGEST_LINE_BYTES = 4 * 1024 * 1024;

/** Cuts an input at line ends, carrying the unfinished rest over to the next chunk. */
export async function* splitLines(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<LineBlock> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let offset = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(0x0a) + 1;
    if (end === 0 && restBytes + chunk.length < LONGEST_LINE_BYTES) {
      rest.push(chunk);
      restBytes += chunk.length;
      continue;
    }
    const cut = end === 0 ? chunk.length : end;
    const head = chunk.subarray(0, cut);
    const block = restBytes === 0 ? head : Buffer.concat([...rest, head]);
    rest = cut < chunk.length ? [chunk.subarray(cut)] : [];
    restBytes = chunk.length - cut;
    yield { block, offset };
    offset += block.length;
  }
  if (restBytes > 0) yield { block: Buffer.concat(rest), offset };
}

/**
 * Hands each line of a block on, decoded, with where it stands.
 *
 * Lines are decoded one by one on purpose: a substring of a decoded block would keep the whole block in memory for
 * as long as some detector remembers an address out of it.
 *
 * @param lineBefore number of lines of the input before this block.
 * @returns the number of lines up to the end of this block.
 */
export function pushBlock(
  block: Buffer,
  offset: number,
  lineBefore: number,
  push: (text: string, ref: LineRef) => void,
  observedUs: number,
  encoding: LineEncoding = 'utf-8',
): number {
  let line = lineBefore;
  let start = 0;
  while (start < block.length) {
    const newline = block.indexOf(0x0a, start);
    const end = newline < 0 ? block.length : newline;
    line += 1;
    push(decodeLine(block, start, end, encoding), { offset: offset + start, observedUs, line });
    start = end + 1;
  }
  return line;
}
