import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRegularFile } from './read-file.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'config-read-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('reads a file whole, with its permission bits', async () => {
  writeFileSync(join(dir, 'a'), 'abc', { mode: 0o640 });
  const { bytes, mode } = await readRegularFile(join(dir, 'a'), 3);
  expect([bytes.toString(), mode & 0o777]).toEqual(['abc', 0o640]);
});

it('refuses what is larger than the bound', async () => {
  writeFileSync(join(dir, 'b'), 'abcd');
  await expect(readRegularFile(join(dir, 'b'), 3)).rejects.toThrow('larger than 3 bytes');
});

it.each([
  ['a missing file', () => join(dir, 'none'), 'no such file'],
  ['a folder', () => dir, 'it is a directory'],
  ['a device', () => '/dev/null', 'no regular file'],
  ['a file taken for a folder', () => join(dir, 'a', 'x'), 'no such file'],
  ['links in a circle', () => circle(), 'in a circle'],
  ['a FIFO that nobody writes to', () => fifo(), 'no regular file'],
])('refuses %s', async (_name, path, reason) => {
  await expect(readRegularFile(path(), 10)).rejects.toThrow(reason);
});

it('refuses a file that it may not read', async () => {
  writeFileSync(join(dir, 'locked'), 'x', { mode: 0o000 });
  chmodSync(dir, 0o755);
  const isRoot = process.getuid?.() === 0;
  // Root may read everything, so it becomes nobody for the time of the call.
  if (isRoot) process.seteuid!(65_534);
  try {
    await expect(readRegularFile(join(dir, 'locked'), 10)).rejects.toThrow('no permission');
  } finally {
    if (isRoot) process.seteuid!(0);
  }
});

function circle(): string {
  symlinkSync('loop', join(dir, 'loop'));
  return join(dir, 'loop');
}

function fifo(): string {
  const path = join(dir, 'fifo');
  execFileSync('mkfifo', [path]);
  return path;
}
