import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type FileRecord, HEAD_BYTES, hashBytes } from './file-record.ts';

/** Bytes that can be read at a position: a plain file, or a compressed one unpacked on the way. */
export interface OpenedFile {
  /** Reads up to `length` bytes from `position`; 0 at the end. A compressed file's positions only grow. */
  read(buffer: Buffer, at: number, length: number, position: number): Promise<number>;
  /** Size and identity by the handle; null where the whole is not known yet (compressed). */
  stat(): Promise<BigIntStats | null>;
  close(): Promise<void>;
}

/** Opens a regular file to read. Never blocks on a FIFO; rejects for anything that is no regular file. */
export async function openPlain(path: string): Promise<{ file: OpenedFile; stats: BigIntStats }> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) throw Object.assign(new Error(`${path} is no regular file`), { code: 'ENOTREG' });
    return { file: plainFile(handle), stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function plainFile(handle: FileHandle): OpenedFile {
  return {
    async read(buffer, at, length, position) {
      return (await handle.read(buffer, at, length, position)).bytesRead;
    },
    stat: () => handle.stat({ bigint: true }),
    close: () => handle.close(),
  };
}

/** The bytes that a record's hashes are of. */
export interface Marks {
  readonly head: Buffer;
  readonly tail: Buffer;
}

/** Reads exactly `length` bytes; null where there are fewer. */
export async function readExactly(
  file: OpenedFile,
  length: number,
  position: number,
): Promise<Buffer | null> {
  const buffer = Buffer.alloc(length);
  let at = 0;
  while (at < length) {
    const count = await file.read(buffer, at, length - at, position + at);
    if (count === 0) return null;
    at += count;
  }
  return buffer;
}

/**
 * Whether the file holds what the record was read from: its first bytes and those before its offset.
 * @returns those bytes, or null.
 */
export async function matchMarks(file: OpenedFile, record: FileRecord): Promise<Marks | null> {
  const head = await readExactly(file, Math.min(record.headLength, HEAD_BYTES), 0);
  if (head === null || hashBytes(head) !== record.head) return null;
  const tail = await readExactly(file, record.tailLength, record.offset - record.tailLength);
  if (tail === null || hashBytes(tail) !== record.tail) return null;
  return { head, tail };
}
