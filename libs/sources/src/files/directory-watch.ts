import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** inotify on the directories that followed files are in: one watch per directory, whatever is in it. */
export interface DirectoryWatch {
  /** The directories to watch from now on; others are let go. */
  set(directories: Iterable<string>): void;
  stop(): void;
}

/**
 * @param onChange a file's content changed: its full path.
 * @param onRename a name came or went.
 */
export function createDirectoryWatch(
  onChange: (path: string) => void,
  onRename: (path: string) => void,
): DirectoryWatch {
  const watchers = new Map<string, FSWatcher>();

  function drop(directory: string): void {
    watchers.get(directory)?.close();
    watchers.delete(directory);
  }

  function add(directory: string): void {
    try {
      const watcher = watch(directory, { persistent: true }, (event, name) => {
        const path = name === null ? directory : join(directory, name);
        if (event === 'change') onChange(path);
        else onRename(path);
      });
      // The directory is gone, or the watch limit is reached: the poll goes on without it.
      watcher.on('error', () => drop(directory));
      watchers.set(directory, watcher);
    } catch {
      // ENOSPC (fs.inotify.max_user_watches), ENOENT: tried again at the next scan, polled until then.
    }
  }

  return {
    set(directories) {
      const wanted = new Set(directories);
      for (const directory of [...watchers.keys()]) if (!wanted.has(directory)) drop(directory);
      for (const directory of wanted) if (!watchers.has(directory)) add(directory);
    },
    stop() {
      for (const directory of [...watchers.keys()]) drop(directory);
    },
  };
}
