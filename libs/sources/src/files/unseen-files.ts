import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileRecord, HEAD_BYTES, inodeKey } from './file-record.ts';
import { openGunzipped } from './gunzipped-file.ts';
import { newerSiblings } from './locate.ts';
import { type OpenedFile, openPlain } from './opened-file.ts';

/** A file that came and was rotated away between two looks: nobody has read it, and no glob need match it. */
export interface UnseenFile {
  readonly stats: BigIntStats;
  readonly file: OpenedFile;
  readonly head: Buffer;
  readonly compressed: boolean;
}

/** What is under a handle that is held: not to be taken for a file that came in between. */
export interface Current {
  readonly stats: BigIntStats;
  readonly head: Buffer;
}

/** What is under the handle now; null where that is a compressed file. */
export async function currentOf(file: OpenedFile): Promise<Current | null> {
  const stats = await file.stat();
  return stats === null ? null : { stats, head: await readHead(file) };
}

/**
 * Files rotated away after the incarnation whose content is at `path` now, oldest first, opened: the caller
 * closes them.
 */
export async function openUnseen(
  record: FileRecord,
  path: string,
  root: string,
  isFollowed: (inode: string) => boolean,
  current: Current | null,
): Promise<readonly UnseenFile[]> {
  const unseen: UnseenFile[] = [];
  for (const { name, compression } of await newerSiblings(record.real, path, root)) {
    if (compression !== '' && compression !== '.gz') continue;
    const place = join(root, dirname(record.real), name);
    const stats = await stat(place, { bigint: true }).catch(() => null);
    if (stats === null || !stats.isFile() || isFollowed(inodeKey(stats))) continue;
    const compressed = compression !== '';
    const file = compressed ? openGunzipped(place) : (await openPlain(place)).file;
    const head = await readHead(file);
    if (current !== null && isCurrent(compressed, stats, head, current)) await file.close();
    else unseen.push({ stats, file, head, compressed });
  }
  return unseen;
}

async function readHead(file: OpenedFile): Promise<Buffer> {
  const head = Buffer.alloc(HEAD_BYTES);
  return head.subarray(0, await file.read(head, 0, head.length, 0));
}

/** Whether a sibling is the file under the handle itself, or that one compressed. */
function isCurrent(compressed: boolean, stats: BigIntStats, head: Buffer, current: Current): boolean {
  if (!compressed) return inodeKey(stats) === inodeKey(current.stats);
  return current.head.length > 0 && head.subarray(0, current.head.length).equals(current.head);
}
