import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';

/** SQLite's files beside a database; they take its mode when they are made. */
const BESIDE = ['-wal', '-shm'];

/**
 * Makes a database file that its owner alone reads and writes (0600), whatever the umask; one that is there, and what
 * stands beside it, is made so. Call it before SQLite opens the file. `:memory:` is none.
 *
 * @throws when it cannot be made.
 */
export function makePrivateDatabase(path: string): void {
  if (path === ':memory:') return;
  closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, ...BESIDE.map((suffix) => path + suffix)])
    if (existsSync(file)) chmodSync(file, 0o600);
}
