import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './schema.ts';

/**
 * `normal`: the WAL is synced at checkpoints; SIGKILL loses nothing that was committed, power loss may lose the
 * last commits, but journal position and records always agree, so they are simply read again from the journal.
 * `full`: every commit is synced.
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
      PRAGMA page_size = 8192;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${synchronous === 'full' ? 'FULL' : 'NORMAL'};
      PRAGMA cache_size = -32768;
      PRAGMA wal_autocheckpoint = 8000;
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
