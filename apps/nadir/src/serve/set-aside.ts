import { existsSync, renameSync } from 'node:fs';

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const BROKEN: ReadonlySet<number> = new Set([11, 26]);

/**
 * Opens a database; one that is broken is set aside as `PATH.broken`, never overwritten, and a new one is opened: what it
 * held is lost, NADIR is not.
 *
 * @throws what else opening throws.
 */
export function openOrSetAside<T>(path: string, open: () => T, onBroken: (aside: string) => void): T {
  try {
    return open();
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
    if (!BROKEN.has(code)) throw error;
    for (const suffix of ['', '-wal', '-shm'])
      if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.broken${suffix}`);
    onBroken(`${path}.broken`);
    return open();
  }
}
