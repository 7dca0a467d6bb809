import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { diskSpace } from './disk-space.ts';
import { migrate } from './schema.ts';

const PAGE_BYTES = 8192;
/** Pages of write-ahead log (62 MiB) before they are moved into the database; a small disk gets a twentieth of itself. */
const WAL_PAGES = 8000;

function walPages(path: string): number {
  return Math.max(16, Math.min(WAL_PAGES, Math.floor(diskSpace(path).totalBytes / 20 / PAGE_BYTES)));
}

/**
 * `normal`: the WAL is synced at checkpoints and with each commit that carries pipeline state; SIGKILL loses nothing that
 * was committed, power loss may lose the commits since the last state, which are read again from the journal: it lets go
 * of nothing that is younger. `full`: every commit is synced.
 */
export type Synchronous = 'normal' | 'full';

/** Opens the file for writing, makes it (0600, folder 0700) and brings its schema up to date. */
export function openForWriting(path: string, synchronous: Synchronous): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const db = new DatabaseSync(path, { timeout: 10_000 });
  try {
    db.exec(`
      PRAGMA page_size = ${PAGE_BYTES};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${synchronous === 'full' ? 'FULL' : 'NORMAL'};
      PRAGMA cache_size = -32768;
      PRAGMA wal_autocheckpoint = ${walPages(path)};
      PRAGMA journal_size_limit = ${walPages(path) * PAGE_BYTES};
      PRAGMA temp_store = MEMORY;
    `);
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** @throws when the file is missing or no store. */
export function openForReading(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
  db.exec('PRAGMA query_only = 1; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY');
  return db;
}
