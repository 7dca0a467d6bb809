import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ndjson, runProgram } from '../../tools/harness/run-program.ts';
import { Scratch } from '../../tools/harness/scratch.ts';

const LINE = 'Nov 20 10:00:01 node1 sshd[1]: Failed password for root from 203.0.113.9 port 22 ssh2\n';
const NADIR = join(import.meta.dirname, '../../apps/nadir/bin/nadir.mjs');

let scratch: Scratch;
let log: string;
beforeAll(() => {
  scratch = new Scratch('refused-command');
  log = join(scratch.dir, 'auth.log');
  writeFileSync(log, LINE.repeat(3));
});
afterAll(() => scratch.remove());

describe('a command that cannot be done', () => {
  it.each([
    ['a file that is not there', ['parse', 'nosuchfile'], 1, /nosuchfile: no such file/],
    ['a folder', ['parse', '/'], 1, /\/: .*(directory|folder)/],
    ['a format that nobody knows', ['replay', '--format', 'wrong', 'LOG'], 2, /no format "wrong"/],
    ['an option that nobody knows', ['parse', '--formt', 'x', 'LOG'], 2, /--formt; did you mean --format\?/],
    ['a command that nobody knows', ['pares', 'LOG'], 2, /no command "pares.*did you mean parse\?/],
    ['no file', ['replay'], 2, /needs FILE/],
  ] as const)('names %s and ends with a next step', async (_what, argv, exit, words) => {
    const { code, err } = await runProgram(
      'nadir',
      argv.map((word) => (word === 'LOG' ? log : word)),
    );
    expect(err).toMatch(words);
    expect(code).toBe(exit);
    expect(err).not.toMatch(/ at .*\.ts:\d/);
    expect(err.trimEnd().split('\n').at(-1)).toMatch(/^ {2}(nadir|ls) /);
  });

  it('replays what can be read of several files, names the rest and ends with 3', async () => {
    const { code, out, err } = await runProgram('nadir', [
      'replay',
      log,
      join(scratch.dir, 'nosuch'),
      '--json',
    ]);
    expect(code).toBe(3);
    expect(err).toContain('nosuch');
    expect(ndjson(out).at(-1)).toMatchObject({ type: 'summary', lines: 3, skipped: 1 });
  });

  it('ends in peace when nobody reads its output any more', async () => {
    const child = spawn(process.execPath, [NADIR, 'parse', '-', '--json']);
    scratch.defer(() => child.kill('SIGKILL'));
    child.stdin.on('error', () => undefined).end(LINE.repeat(50_000));
    const said = text(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(await said).toBe('');
  });
});
