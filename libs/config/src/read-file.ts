import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** What a reader of configuration and secret files gives back. */
export interface FileContent {
  readonly bytes: Buffer;
  /** Permission bits, e.g. 0o640. */
  readonly mode: number;
}

/**
 * Reads a regular file whole.
 * @throws FileRefusedError when it is missing, unreadable, no regular file, or larger than `maxBytes`.
 */
export type ReadFile = (path: string, maxBytes: number) => Promise<FileContent>;

export class FileRefusedError extends Error {
  override readonly name = 'FileRefusedError';
}

/** The reader for real files. Does not wait for the writer of a FIFO. */
export const readRegularFile: ReadFile = async (path, maxBytes) => {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw new FileRefusedError(refusal(error), { cause: error });
  });
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new FileRefusedError('it is a directory, expected a file');
    if (!stat.isFile()) throw new FileRefusedError('it is no regular file');
    const buffer = Buffer.alloc(Math.min(stat.size, maxBytes) + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length > maxBytes) throw new FileRefusedError(`it is larger than ${maxBytes} bytes`);
    return { bytes: buffer.subarray(0, length), mode: stat.mode & 0o7777 };
  } finally {
    await handle.close();
  }
};

function refusal(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ELOOP') return 'its symbolic links lead in a circle';
  return `it cannot be opened (${code ?? 'unknown error'})`;
}
