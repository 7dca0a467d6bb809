import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DecisionBook } from '@suite/decisions';
import { Outbox } from '@suite/notify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openOrSetAside } from './set-aside.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it.each([
  ['decisions', (path: string) => new DecisionBook({ path, maxActive: 10 })],
  ['alerts that wait', (path: string) => new Outbox(path)],
])('a broken database of %s is set aside, and a new one serves', (_, open) => {
  const path = join(dir, 'some.db');
  writeFileSync(path, 'no database at all'.repeat(1000));
  const told: string[] = [];
  const opened = openOrSetAside(
    path,
    () => open(path),
    (aside) => told.push(aside),
  );
  opened.stop();
  expect(told).toEqual([`${path}.broken`]);
  expect(readFileSync(`${path}.broken`, 'utf8')).toMatch(/^no database/);
  expect(existsSync(path)).toBe(true);
});

it('what is not broken is left alone', () => {
  expect(() =>
    openOrSetAside(
      dir,
      () => new Outbox(join(dir, 'none', 'x.db')),
      () => {},
    ),
  ).toThrow();
});
