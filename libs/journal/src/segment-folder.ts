import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^(\d{16})\.seg$/;

export function segmentPath(dir: string, base: number): string {
  return join(dir, `${String(base).padStart(16, '0')}.seg`);
}

/** Base positions of the segments in the folder, ascending. */
export async function listSegments(dir: string): Promise<number[]> {
  const bases: number[] = [];
  for (const name of await readdir(dir)) {
    const match = NAME.exec(name);
    if (match) bases.push(Number(match[1]));
  }
  return bases.sort((a, b) => a - b);
}

/** Makes created, renamed and deleted names durable. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
