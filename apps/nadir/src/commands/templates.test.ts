import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const NADIR = join(import.meta.dirname, '../../bin/nadir.mjs');
const NAMES = ['anna', 'jo', 'maria', 'sven', 'petra', 'otto', 'ida', 'karl'];
const LOG = NAMES.map(
  (name, i) => `Nov  2 10:20:3${i} web1 app[${i + 7}]: hello from ${name} to all of you\n`,
).join('');

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'templates-'));
  writeFileSync(join(dir, 'app.log'), `${LOG}{"level":"info","msg":"listening on port 80"}\r\n\nplain words`);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function nadir(
  args: readonly string[],
  input = '',
): { template_id: string; template: string; line: number }[] {
  const { stdout, status, stderr } = spawnSync(process.execPath, [NADIR, 'templates', ...args, '--json'], {
    input,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('nadir templates', () => {
  it('shows every line of a file with its template as it stands at the end', () => {
    const lines = nadir([join(dir, 'app.log')]);
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(new Set(lines.slice(0, 8).map(({ template }) => template))).toEqual(
      new Set(['hello from <*> to all of you']),
    );
    expect(new Set(lines.slice(0, 8).map((line) => line.template_id)).size).toBe(1);
    expect(lines.slice(8).map(({ template }) => template)).toEqual([
      'listening on port <*>',
      '',
      'plain words',
    ]);
  });

  it('shows the lines of standard input as they come', () => {
    const lines = nadir(['-'], LOG);
    expect(lines[0]).toMatchObject({ line: 1, template: 'hello from anna to all of you' });
    expect(lines[7]).toMatchObject({ line: 8, template: 'hello from <*> to all of you' });
  });
});
