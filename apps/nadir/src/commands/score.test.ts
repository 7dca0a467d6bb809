import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runCommand } from '@suite/cli';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { translate } from '../translate.ts';
import { score } from './score.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'score-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('nadir score', () => {
  it('repeats time and value as they were written and adds a score', async () => {
    const { code, out } = await run(
      ['-'],
      'timestamp,value\r\n2014-02-14 14:30:00,0.1320\r\n1392388500,7e0\r\n',
    );
    expect(code).toBe(0);
    expect(out).toBe('timestamp,value,anomaly_score\n2014-02-14 14:30:00,0.1320,0\n1392388500,7e0,0\n');
  });

  it('finds a spike, in a file of its own', async () => {
    await writeFile(join(dir, 'in.csv'), series(1200, 900));
    const { code, out } = await run([join(dir, 'in.csv'), '-o', join(dir, 'out.csv'), '--json']);
    expect(code).toBe(0);
    const rows = (await readFile(join(dir, 'out.csv'), 'utf8')).trim().split('\n').slice(1);
    expect(rows).toHaveLength(1200);
    const loudest = rows.reduce((a, b) => (Number(b.split(',')[2]) > Number(a.split(',')[2]) ? b : a));
    expect(rows.indexOf(loudest)).toBe(900);
    expect(JSON.parse(out)).toMatchObject({ type: 'summary', rows: 1200, loudest: { value: '500' } });
    expect((await stat(join(dir, 'out.csv'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual(['in.csv', 'out.csv']);
  });

  it('prints an object a row with --json', async () => {
    const { out } = await run(['-', '--json'], 'timestamp,value\n0,1\n60,2\n');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { row: 1, timestamp: '0', value: 1, anomaly_score: 0 },
      { row: 2, timestamp: '60', value: 2, anomaly_score: 0 },
    ]);
  });

  it.each([
    ['', 'NADIR_SERIES_EMPTY'],
    ['timestamp,value\n', 'NADIR_SERIES_EMPTY'],
    ['time,value\n0,1\n', 'NADIR_SERIES_COLUMNS'],
    ['timestamp,value\n0,1\n\n60,many\n', 'line 4 of -: "many" is no number'],
    ['timestamp,value\nsoon,1\n', 'line 2 of -: "soon" is no time'],
    ['timestamp,value\n0\n', 'line 2 of -: "" is no number'],
  ])('refuses %j', async (input, message) => {
    const { code, err } = await run(['-'], input);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it('leaves no file behind when it fails, and says when it cannot write', async () => {
    await run(['-', '-o', join(dir, 'out.csv')], 'timestamp,value\n0,x\n');
    expect(await readdir(dir)).toEqual([]);
    const { code, err } = await run(['-', '-o', join(dir, 'no', 'out.csv')], 'timestamp,value\n0,1\n');
    expect(code).toBe(1);
    expect(err).toContain('NADIR_OUTPUT_UNWRITABLE');
  });
});

function series(rows: number, spike: number): string {
  let seed = 3;
  let text = 'timestamp,value\n';
  for (let row = 0; row < rows; row++) {
    seed = (seed * 16_807) % 2_147_483_647;
    text += `${1_700_000_000 + row * 300},${row === spike ? 500 : 50 + Math.round((seed / 2 ** 31) * 10)}\n`;
  }
  return text;
}

async function run(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [stdout.toArray(), stderr.toArray()];
  const code = await runCommand({
    app: { name: 'nadir', version: '0.0.0', summary: '' },
    commands: [score(() => 0)],
    argv: ['score', ...args],
    env: {},
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
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
