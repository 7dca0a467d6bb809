import type { BigIntStats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type FileRecord, inodeKey } from './file-record.ts';
import { openGunzipped } from './gunzipped-file.ts';
import { type Marks, matchMarks, type OpenedFile, openPlain } from './opened-file.ts';
import { compressionOf, isNewer, type RotatedName, rotatedName } from './rotated-name.ts';

/** Where the content of an incarnation stands now. */
export interface Location {
  /** `here`: at its own path. `moved`: renamed. `copy`, `gzip`: its bytes, in another file. */
  readonly how: 'here' | 'moved' | 'copy' | 'gzip';
  readonly path: string;
  readonly file: OpenedFile;
  readonly marks: Marks;
  readonly stats: BigIntStats;
}

/** More entries than this in one directory are not looked at. */
const DIRECTORY_LIMIT = 10_000;

/**
 * Looks for an incarnation: at its path, by inode among its siblings, then by content among names that rotation
 * gives. The content is verified in every case: inodes are reused. The caller closes `file`.
 *
 * @param claimed inode keys of other incarnations, which are no copies of this one.
 */
export async function locate(
  record: FileRecord,
  root: string,
  claimed: ReadonlySet<string>,
): Promise<Location | null> {
  const here = await tryFile(record, join(root, record.real), 'here', root);
  if (here !== null) return here;
  const moved = await locateMoved(record, root);
  if (moved !== null) return moved;
  return (await locateCopy(record, root, claimed)) ?? locateCopy(record, root, claimed);
}

/** Where the file itself is in its directory now, by inode alone. */
export async function pathOfInode(record: FileRecord, root: string): Promise<string | null> {
  const dir = dirname(record.real);
  const names = await readdir(join(root, dir)).catch(() => []);
  for (const name of names.slice(0, DIRECTORY_LIMIT)) {
    const stats = await stat(join(root, dir, name), { bigint: true }).catch(() => null);
    if (stats !== null && inodeKey(stats) === inodeKey(record)) return join(dir, name);
  }
  return null;
}

/** The renamed file, by inode, its content verified. */
async function locateMoved(record: FileRecord, root: string): Promise<Location | null> {
  const dir = dirname(record.real);
  const names = await readdir(join(root, dir)).catch(() => []);
  for (const name of names.slice(0, DIRECTORY_LIMIT)) {
    const path = join(dir, name);
    if (path === record.real) continue;
    const stats = await stat(join(root, path), { bigint: true }).catch(() => null);
    if (stats === null || !stats.isFile() || !isSameFile(record, stats)) continue;
    const found = await tryFile(record, join(root, path), 'moved', root);
    if (found !== null) return found;
  }
  return null;
}

/**
 * The copy that copytruncate made, plain or compressed since: it begins as the incarnation did and goes on past
 * its offset. Null too when nothing of the incarnation was ever seen: then any file would match.
 */
export async function locateCopy(
  record: FileRecord,
  root: string,
  claimed: ReadonlySet<string>,
): Promise<Location | null> {
  if (record.headLength === 0) return null;
  const dir = dirname(record.real);
  for (const sibling of await rotatedSiblings(record.real, root)) {
    const path = join(dir, sibling.name);
    if (sibling.compression !== '' && sibling.compression !== '.gz') continue;
    const stats = await stat(join(root, path), { bigint: true }).catch(() => null);
    if (
      stats === null ||
      !stats.isFile() ||
      claimed.has(inodeKey(stats)) ||
      inodeKey(stats) === inodeKey(record)
    ) {
      continue;
    }
    const found = await tryFile(record, join(root, path), 'copy', root);
    if (found !== null) return found;
  }
  return null;
}

/** Rotated names of `real` in its directory, newest first, plain before compressed. */
export async function rotatedSiblings(real: string, root: string): Promise<readonly RotatedName[]> {
  const names = await readdir(join(root, dirname(real))).catch(() => []);
  const rotated = names.map((name) => rotatedName(basename(real), name)).filter((name) => name !== null);
  return rotated
    .slice(0, DIRECTORY_LIMIT)
    .sort((a, b) => (isNewer(a, b) ? -1 : isNewer(b, a) ? 1 : a.compression.length - b.compression.length));
}

/** Files rotated away from `real` after the one at `path` was, oldest first. */
export async function newerSiblings(
  real: string,
  path: string,
  root: string,
): Promise<readonly RotatedName[]> {
  const at = rotatedName(basename(real), basename(path));
  if (at === null || dirname(path) !== dirname(real)) return [];
  const siblings = await rotatedSiblings(real, root);
  return siblings.filter((sibling) => isNewer(sibling, at)).reverse();
}

/** Opens a sibling and verifies its content. Rejects (EACCES, EIO, EMFILE, …) where the file is the very one. */
async function tryFile(
  record: FileRecord,
  file: string,
  how: 'here' | 'moved' | 'copy',
  root: string,
): Promise<Location | null> {
  const opened = await openAny(file).catch((error: NodeJS.ErrnoException) => {
    if (how === 'copy' || GONE.has(error.code ?? '')) return null;
    throw error;
  });
  if (opened === null) return null;
  const identical = how === 'copy' || isSameFile(record, opened.stats);
  const marks = identical ? await matchMarks(opened.file, record).catch(() => null) : null;
  if (marks === null) {
    await opened.file.close();
    return null;
  }
  const { stats, compressed } = opened;
  return { how: compressed ? 'gzip' : how, path: withoutRoot(file, root), file: opened.file, marks, stats };
}

const GONE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENOTREG']);

async function openAny(file: string): Promise<{ file: OpenedFile; stats: BigIntStats; compressed: boolean }> {
  if (compressionOf(file) === '') return { ...(await openPlain(file)), compressed: false };
  return { file: openGunzipped(file), stats: await stat(file, { bigint: true }), compressed: true };
}

/**
 * Same inode and birth time; the device counts only while there is no content to compare, since device numbers of
 * network, FUSE and mapped file systems change with every mount.
 */
export function isSameFile(
  record: FileRecord,
  stats: { readonly dev: bigint; readonly ino: bigint; readonly birthtimeNs: bigint },
): boolean {
  if (String(stats.ino) !== record.ino) return false;
  if (record.headLength === 0 && String(stats.dev) !== record.dev) return false;
  const born = String(stats.birthtimeNs);
  return born === record.birthNs || born === '0' || record.birthNs === '0';
}

export function withoutRoot(path: string, root: string): string {
  return root === '/' ? path : path.slice(root.length) || '/';
}
