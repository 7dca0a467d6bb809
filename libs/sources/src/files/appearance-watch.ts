import { matchesGlob } from 'node:path';
import { FSWatcher } from 'chokidar';
import { isExcluded } from './discover.ts';
import { type GlobPattern, globDepth } from './glob.ts';
import { rooted } from './rooted-path.ts';

/** Watches for files and directories that appear or go under the globs' bases. */
export interface AppearanceWatch {
  stop(): Promise<void>;
}

/**
 * chokidar from version 4 on knows no globs: it watches the bases, bounded in depth, and is told to ignore
 * files that no glob can match. `onAppearance` is called for each; the rescan tells what it was.
 */
export function watchAppearance(
  globs: readonly GlobPattern[],
  exclude: readonly string[],
  root: string,
  onAppearance: () => void,
): AppearanceWatch {
  const watchers = groupByBase(globs).map(({ base, depth, patterns }) => {
    const watcher = new FSWatcher({
      depth,
      ignoreInitial: true,
      followSymlinks: false,
      ignorePermissionErrors: true,
      ignored: (path, stats) => {
        if (stats === undefined || stats.isDirectory()) return false;
        const plain = root === '/' ? path : path.slice(root.length);
        return isExcluded(plain, exclude) || !patterns.some((pattern) => matchesGlob(plain, pattern));
      },
    });
    for (const event of ['add', 'addDir', 'unlink', 'unlinkDir'] as const) watcher.on(event, onAppearance);
    // Nothing to do: the periodic rescan is the net below.
    watcher.on('error', () => {});
    watcher.add(rooted(base, root));
    return watcher;
  });
  return {
    async stop() {
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}

function groupByBase(
  globs: readonly GlobPattern[],
): readonly { base: string; depth: number; patterns: readonly string[] }[] {
  const groups = new Map<string, { base: string; depth: number; patterns: string[] }>();
  for (const glob of globs) {
    const group = groups.get(glob.base) ?? { base: glob.base, depth: 0, patterns: [] };
    groups.set(glob.base, {
      base: glob.base,
      depth: Math.max(group.depth, globDepth(glob)),
      patterns: [...group.patterns, glob.pattern],
    });
  }
  return [...groups.values()];
}
