import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Pair } from './pair.ts';

/** A page of what NADIR's API answers. @throws unless it is a 200. */
export async function askApi<T>({ port, token }: Pick<Pair, 'port' | 'token'>, path: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Whether NADIR answers at all. */
export async function answers({ port }: Pick<Pair, 'port'>): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) });
  await response.arrayBuffer();
  return true;
}

/** All lines in the embedded store, in its order. */
export function storedLines(database: string): { path: string; raw: string }[] {
  const db = new DatabaseSync(database, { readOnly: true });
  try {
    return db
      .prepare('SELECT path, raw FROM record JOIN origin ON origin.id = origin_id ORDER BY record.id')
      .all() as { path: string; raw: string }[];
  } finally {
    db.close();
  }
}

/** How many lines the embedded store has. */
export function storedCount(database: string): number {
  const db = new DatabaseSync(database, { readOnly: true });
  try {
    return Number(db.prepare('SELECT count(*) AS n FROM record').get()?.n);
  } finally {
    db.close();
  }
}

/** The most memory that a process has had, from /proc. */
export function peakRssBytes(pid: number): number {
  const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}
