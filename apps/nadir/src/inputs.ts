import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { ReplayInput } from '@suite/pipeline';
import { nadirErrors } from './errors.ts';
import { reasonOf } from './reason.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * A file that the user named, or `-` for standard input; `.gz` and `.zst` are decompressed.
 * @throws NADIR_INPUT_UNREADABLE
 */
export async function openInput(
  file: string,
  stdin: NodeJS.ReadableStream,
  nowUs: number,
): Promise<ReplayInput> {
  if (file === '-') return { file: '-', chunks: stdin as AsyncIterable<Buffer>, nearUs: nowUs };
  try {
    const info = await stat(file);
    if (info.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
    await access(file, constants.R_OK);
    return { file, chunks: readChunks(file), nearUs: Math.floor(info.mtimeMs * 1000) };
  } catch (error) {
    throw nadirErrors.NADIR_INPUT_UNREADABLE({ path: file, reason: reasonOf(error) }, { cause: error });
  }
}

async function* readChunks(file: string): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  try {
    if (file.endsWith('.gz')) yield* raw.pipe(createGunzip());
    else if (file.endsWith('.zst')) yield* raw.pipe(createZstdDecompress());
    else yield* raw;
  } catch (error) {
    throw nadirErrors.NADIR_INPUT_UNREADABLE({ path: file, reason: reasonOf(error) }, { cause: error });
  } finally {
    raw.destroy();
  }
}
