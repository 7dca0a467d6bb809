import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runCommand } from '@suite/cli';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { translate } from '../translate.ts';
import { rulesCheck } from './rules.ts';

const SHIPPED = join(import.meta.dirname, '../../../../rules');
const GOOD = 'title: good\nid: one\nlogsource: {product: linux}\ndetection: {k: [x], condition: k}\n';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rules-check-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [stdout.toArray(), stderr.toArray()];
  const code = await runCommand({
    app: { name: 'nadir', version: '0.0.0', summary: '' },
    commands: [rulesCheck(() => Date.UTC(2026, 10, 22) * 1000)],
    argv: ['rules', 'check', ...args],
    env: {},
    stdin: Readable.from([]),
    stdout,
    stderr,
    nowMs: () => 0,
    signals: { on: () => {}, off: () => {} } as never,
    exitNow: () => {
      throw new Error('exit');
    },
    translate,
  });
  stdout.end();
  stderr.end();
  return { code, out: Buffer.concat(await out).toString(), err: Buffer.concat(await err).toString() };
}

it('prints an object a rule and exits with 4 when some do not load', async () => {
  await writeFile(join(dir, 'a.yml'), GOOD);
  await writeFile(join(dir, 'b.yml'), GOOD.replace('id: one', 'id: two').replace('linux', 'windows'));
  const { code, out } = await run(dir, '--json');
  expect(code).toBe(4);
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { file: join(dir, 'a.yml'), id: 'one', title: 'good', ok: true, reason: '' },
    {
      file: join(dir, 'b.yml'),
      id: 'two',
      title: 'good',
      ok: false,
      reason: expect.stringContaining('windows'),
      line: 3,
    },
  ]);
});

it('takes a file, and names what does not hold for people', async () => {
  await writeFile(join(dir, 'a.yml'), GOOD.replace('condition: k', 'condition: kk'));
  const { code, out } = await run(join(dir, 'a.yml'));
  expect(code).toBe(4);
  expect(out).toContain(`${join(dir, 'a.yml')}:4: good: the condition names "kk"`);
  expect(out).toContain('0 of 1 rules load');
});

it('counts a rule whose own test fails among those that do not hold', async () => {
  await writeFile(join(dir, 'a.yml'), `${GOOD}tests: {match: [no such word]}\n`);
  const { code, out } = await run(dir);
  expect(code).toBe(4);
  expect(out).toContain('its test match 1 does not match');
  expect((await run(dir, '--no-tests')).code).toBe(0);
});

it('says what cannot be read', async () => {
  const { code, err } = await run(join(dir, 'gone'));
  expect(code).toBe(1);
  expect(err).toContain('NADIR_INPUT_UNREADABLE');
});

it('finds every rule that is shipped good, its tests included', async () => {
  const { code, out } = await run(SHIPPED);
  expect(out).toMatch(/^\d+ of \d+ rules load/);
  expect(code).toBe(0);
}, 120_000);
