import { readFile, rename, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { isErrno } from './errno.ts';

/** The position kept in the file; undefined when there is none or it is damaged (the reader begins at the tail). */
export async function readPosition(path: string): Promise<number | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'latin1');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
  const [position = '', crc = ''] = text.trimEnd().split(' ');
  if (!/^\d{1,16}$/.test(position) || crc !== crc32(position).toString(16)) return undefined;
  return Number(position);
}

/** Replaces the file by rename. Not synced: an older position after a power loss means records read again. */
export async function writePosition(path: string, position: number): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, `${position} ${crc32(String(position)).toString(16)}\n`, { mode: 0o600 });
  await rename(draft, path);
}
