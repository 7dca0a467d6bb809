import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepRejected } from './rejected-folder.ts';

it('keeps the newest refused bodies, up to 64 MiB', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'rejected-'));
  try {
    const body = Buffer.alloc(20 * 1024 * 1024);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await keepRejected(join(dir, 'rejected'), name, body);
    expect((await readdir(join(dir, 'rejected'))).sort()).toEqual(['c', 'd', 'e']);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
