import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreFullError } from '../port.ts';

const SQLITE_FULL = 13;
const SQLITE_IOERR = 10;
const ROOM_BYTES = 1024 * 1024;

/** A full disk reaches SQLite as SQLITE_FULL, or, from the WAL's index, as an I/O error: then the disk is asked. */
export function asStoreError(error: unknown, path: string): unknown {
  const code = (error as { errcode?: unknown }).errcode;
  if (typeof code !== 'number') return error;
  if (code === SQLITE_FULL || ((code & 0xff) === SQLITE_IOERR && !hasRoom(path))) {
    return new StoreFullError(`no room left on the disk of ${path}`, { cause: error });
  }
  return error;
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return true;
  }
}
