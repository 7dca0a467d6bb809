import { type BigIntStats, constants } from 'node:fs';
import { lstat, open, realpath, stat } from 'node:fs/promises';
import { resolveInRoot, rooted } from '../files/rooted-path.ts';
import { unreadableReason } from '../files/unreadable.ts';
import type { HistoryCandidate } from './history-users.ts';

/** What stands at a history file's path. */
export type Snapshot =
  | { readonly kind: 'absent' }
  | { readonly kind: 'null-link' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'file'; readonly ino: string; readonly size: number; readonly content: Buffer };

/** More of a history than its last 16 MiB is not looked at. */
export const HISTORY_LIMIT_BYTES = 16 * 1024 * 1024;

/** Cheap look: changes whenever the file, or the one that a link at its place leads to, may have. */
export async function signatureOf(candidate: HistoryCandidate, root: string): Promise<string> {
  const path = rooted(candidate.path, root);
  const looks = await Promise.all([look(lstat(path, { bigint: true })), look(stat(path, { bigint: true }))]);
  return looks.join(' ');
}

async function look(stats: Promise<BigIntStats>): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stats;
    return `${ino}:${size}:${mtimeNs}:${ctimeNs}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

/**
 * Reads a history file. It must belong to its user: whoever can put a symbolic link into a home must not make
 * an agent that runs as root ship somebody else's file.
 */
export async function readSnapshot(candidate: HistoryCandidate, root: string): Promise<Snapshot> {
  const path = rooted(candidate.path, root);
  try {
    if ((await realpath(path)) === '/dev/null' || (await resolveInRoot(candidate.path, root)) === '/dev/null')
      return { kind: 'null-link' };
    const real = rooted(await resolveInRoot(candidate.path, root), root);
    const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return { kind: 'unreadable', reason: 'no regular file' };
      if (stats.uid !== candidate.uid) {
        return { kind: 'unreadable', reason: `not owned by ${candidate.user}: such a file is not read` };
      }
      if (stats.size > HISTORY_LIMIT_BYTES) {
        return {
          kind: 'unreadable',
          reason: `larger than ${HISTORY_LIMIT_BYTES} bytes: set HISTFILESIZE or SAVEHIST`,
        };
      }
      return { kind: 'file', ino: String(stats.ino), size: stats.size, content: await handle.readFile() };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
    return { kind: 'unreadable', reason: unreadableReason(error) };
  }
}
