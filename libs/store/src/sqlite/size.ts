import type { DatabaseSync } from 'node:sqlite';

/** Bytes of pages in use: what retention can free counts as free, though the file keeps it for reuse. */
export function usedBytes(db: DatabaseSync): number {
  return (pragma(db, 'page_count') - pragma(db, 'freelist_count')) * pragma(db, 'page_size');
}

/** Bytes of all pages, in use or free. */
export function fileBytes(db: DatabaseSync): number {
  return pragma(db, 'page_count') * pragma(db, 'page_size');
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
