import { type FileRecord, HEAD_BYTES, hashBytes, TAIL_BYTES } from './file-record.ts';
import type { Marks, OpenedFile } from './opened-file.ts';

/** How far back the start of the last line is looked for. */
const LOOK_BACK_BYTES = 64 * 1024;

/**
 * The start of the line that `size` falls into, so that following from the end never begins inside a line;
 * `size` itself where that line is longer than 64 KiB.
 */
export async function lineStartBefore(
  file: OpenedFile,
  size: number,
): Promise<{
  marks: Marks;
  record: Pick<FileRecord, 'offset' | 'headLength' | 'head' | 'tailLength' | 'tail'>;
}> {
  const from = Math.max(0, size - LOOK_BACK_BYTES);
  const block = await readUpTo(file, size - from, from);
  const newline = block.lastIndexOf(10);
  const offset = newline !== -1 ? from + newline + 1 : from === 0 ? 0 : from + block.length;
  const head = await readUpTo(file, Math.min(size, HEAD_BYTES), 0);
  const tail = Buffer.from(block.subarray(Math.max(0, offset - from - TAIL_BYTES), offset - from));
  const hashes = {
    headLength: head.length,
    head: hashBytes(head),
    tailLength: tail.length,
    tail: hashBytes(tail),
  };
  return { marks: { head, tail }, record: { offset, ...hashes } };
}

async function readUpTo(file: OpenedFile, length: number, position: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, await file.read(buffer, 0, length, position));
}
