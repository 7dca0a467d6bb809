import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, matchesGlob } from 'node:path';
import { inodeKey } from './file-record.ts';
import { expandGlob, type GlobPattern } from './glob.ts';
import { resolveInRoot, rooted } from './rooted-path.ts';
import { compressionOf } from './rotated-name.ts';
import { unreadableReason } from './unreadable.ts';

/** A regular file that the globs match. */
export interface FoundFile {
  /** As matched: what `log.file.path` says. */
  readonly path: string;
  /** Symlinks resolved. */
  readonly real: string;
  readonly stats: BigIntStats;
  /** All patterns that lead to it. */
  readonly patterns: readonly string[];
}

export interface Discovery {
  /** By device and inode: a file that several paths lead to is there once, under the first. */
  readonly files: Map<string, FoundFile>;
  /** Paths that cannot be looked at, and why. */
  readonly problems: ReadonlyMap<string, string>;
  /** Patterns that match nothing. */
  readonly unmatched: readonly string[];
}

/** Everything that matches now. Directories, devices and compressed files are passed over in silence. */
export async function discover(
  globs: readonly GlobPattern[],
  exclude: readonly string[],
  root: string,
): Promise<Discovery> {
  const files = new Map<string, FoundFile>();
  const problems = new Map<string, string>();
  const matchedPatterns = new Set<string>();
  for (const glob of globs) {
    for (const path of await expandGlob(glob, root)) {
      if (compressionOf(path) !== '' || isExcluded(path, exclude)) continue;
      try {
        const real = await resolveInRoot(path, root);
        const stats = await stat(rooted(real, root), { bigint: true });
        if (!stats.isFile()) continue;
        matchedPatterns.add(glob.pattern);
        const known = files.get(inodeKey(stats));
        const patterns = [...new Set([...(known?.patterns ?? []), glob.pattern])];
        files.set(inodeKey(stats), { path: known?.path ?? path, real: known?.real ?? real, stats, patterns });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') problems.set(path, unreadableReason(error));
      }
    }
  }
  const patterns = new Set(globs.map((glob) => glob.pattern));
  return { files, problems, unmatched: [...patterns].filter((pattern) => !matchedPatterns.has(pattern)) };
}

/** `exclude` globs match the whole path, or the name alone where they have no slash. */
export function isExcluded(path: string, exclude: readonly string[]): boolean {
  return exclude.some((glob) => matchesGlob(glob.includes('/') ? path : basename(path), glob));
}
