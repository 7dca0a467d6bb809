import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProcessFinder } from './process-finder.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'processes-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function processOf(pid: number, links: Readonly<Record<number, string>>): void {
  mkdirSync(join(dir, `${pid}/fd`), { recursive: true });
  writeFileSync(join(dir, `${pid}/comm`), `p${pid}\n`);
  for (const [descriptor, target] of Object.entries(links))
    symlinkSync(target, join(dir, `${pid}/fd/${descriptor}`));
}
const find = async (finder: ReturnType<typeof createProcessFinder>, ...inodes: number[]) =>
  [...(await finder.find(new Set(inodes)))].map(([inode, { pid }]) => [inode, pid]);

it('finds several sockets in one go, and none where nobody holds them', async () => {
  processOf(3, { 0: '/dev/null', 4: 'socket:[10]', 5: 'pipe:[11]' });
  processOf(20, { 7: 'socket:[12]' });
  expect((await find(createProcessFinder({ procRoot: dir }), 10, 11, 12, 13)).sort()).toEqual([
    [10, 3],
    [12, 20],
  ]);
});

it('takes the oldest process of those that inherited a socket', async () => {
  for (const pid of [5, 6, 70]) processOf(pid, { 3: 'socket:[10]' });
  expect(await find(createProcessFinder({ procRoot: dir }), 10)).toEqual([[10, 5]]);
});

it('gives up when its budget is used, and goes on when it got more', async () => {
  for (let pid = 100; pid < 150; pid++) processOf(pid, { 1: '/dev/null', 2: '/dev/null' });
  processOf(7, { 3: 'socket:[10]' });
  const finder = createProcessFinder({ procRoot: dir, budget: 160, refill: 40 });
  expect(await find(finder, 99)).toEqual([]);
  expect(await find(finder, 10)).toEqual([]);
  for (let poll = 0; poll < 4; poll++) finder.refill();
  expect(await find(finder, 10)).toEqual([[10, 7]]);
});

it('asks the owners that it found last first', async () => {
  for (let pid = 100; pid < 150; pid++) processOf(pid, { 1: '/dev/null' });
  processOf(7, { 3: 'socket:[10]' });
  const finder = createProcessFinder({ procRoot: dir, budget: 110, refill: 5 });
  expect(await find(finder, 10)).toEqual([[10, 7]]);
  symlinkSync('socket:[11]', join(dir, '7/fd/4'));
  finder.refill();
  expect(await find(finder, 11)).toEqual([[11, 7]]);
});
