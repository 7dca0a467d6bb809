import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { ReplayInput } from '@suite/pipeline';

const CHUNK_BYTES = 256 * 1024;

/** A file that the user named, or `-` for standard input; `.gz` and `.zst` are decompressed. */
export async function openInput(
  file: string,
  stdin: NodeJS.ReadableStream,
  nowUs: number,
): Promise<ReplayInput> {
  if (file === '-') return { file: '-', chunks: stdin as AsyncIterable<Buffer>, nearUs: nowUs };
  const info = await stat(file);
  if (!info.isFile() && !info.isFIFO() && !info.isCharacterDevice()) {
    throw Object.assign(new Error(`${file} is not a file`), { code: 'EISDIR' });
  }
  return { file, chunks: readChunks(file), nearUs: Math.floor(info.mtimeMs * 1000) };
}

function readChunks(file: string): AsyncIterable<Buffer> {
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  if (file.endsWith('.gz')) return raw.pipe(createGunzip());
  if (file.endsWith('.zst')) return raw.pipe(createZstdDecompress());
  return raw;
}
