import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentStatus } from '@suite/shipping';
import { afterEach, describe, expect, it } from 'vitest';
import { askApi, storedLines } from '../../tools/harness/nadir-api.ts';
import { ALL_ONCE, compareLines, numberedLines } from '../../tools/harness/numbered-lines.ts';
import { createPair } from '../../tools/harness/pair.ts';
import { ndjson, runProgram } from '../../tools/harness/run-program.ts';
import { isRoot, Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const LINES = 90_000;

let scratch: Scratch;
afterEach(() => scratch.remove());

describe.skipIf(!isRoot)('a full disk (needs root, for a small file system)', () => {
  it('under TOM makes sources wait; once NADIR is back every line arrives once and the ledger adds up', async () => {
    scratch = new Scratch('disk-full-tom');
    const small = scratch.tmpfs('tom', 6);
    const log = join(scratch.folder('logs'), 'a.log');
    const written = numberedLines('a', 0, LINES);
    writeFileSync(log, `${written.join('\n')}\n`);
    const pair = await createPair(scratch.dir, { paths: [log], tom: 'probes: { interval: 1h }\n' });
    scratch.owns(pair);
    const { nadir, tom, database } = pair;
    tom.start();
    await until('a full disk', () => freeBytes(small) < 512 * 1024);
    expect(tom.running, tom.said).toBe(true);
    // The status file lies on the same disk, and still says how things are.
    await until(
      'the wait in the status',
      async () => {
        const { code, out } = await runProgram('tom', ['status', '--config', pair.tomConfigFile]);
        return code === 4 && /^node1: running\nspool .*FULL: sources wait$/m.test(out);
      },
      60_000,
    );

    nadir.start();
    await until('all lines', () => storedLines(database).length >= LINES, 60_000);
    const stored = storedLines(database).map(({ raw }) => raw);
    expect(compareLines(stored, written)).toEqual(ALL_ONCE);
    const status = () => JSON.parse(readFileSync(pair.tomStatusFile, 'utf8')) as AgentStatus;
    const { size } = statSync(log);
    await until('the ledger adds up', () => row(status().ledger, log)?.acknowledgedBytes === size);
    expect(row(status().ledger, log)).toMatchObject({ seenBytes: size, spooledBytes: size, lost: {} });
    const shown = await runProgram('tom', ['ledger', '--config', pair.tomConfigFile, '--json']);
    expect(row(ndjson(shown.out) as never, log)).toMatchObject({ acknowledgedBytes: size, lost: {} });
  }, 120_000);

  it('under NADIR is answered with 503; TOM keeps the lines, and with more room all arrive once', async () => {
    scratch = new Scratch('disk-full-nadir');
    // Something else fills the disk: NADIR takes a little, until a quarter of it is all that is left. Its own store stays
    // far below the size at which retention would make room by dropping the oldest.
    const small = scratch.tmpfs('nadir', 64);
    writeFileSync(join(small, 'ballast'), Buffer.alloc(46 * 1024 * 1024, 1));
    const log = join(scratch.folder('logs'), 'a.log');
    const written = numberedLines('a', 0, LINES);
    writeFileSync(log, `${written.join('\n')}\n`);
    const pair = await createPair(scratch.dir, { paths: [log], tom: 'probes: { interval: 1h }\n' });
    scratch.owns(pair);
    const { nadir, tom, database } = pair;
    nadir.start();
    await until('NADIR to answer', async () => (await askApi<object>(pair, 'nodes')) !== null);
    tom.start();
    const status = () => JSON.parse(readFileSync(pair.tomStatusFile, 'utf8')) as AgentStatus;
    await until('TOM to be told to wait', () => {
      expect(tom.running, tom.said).toBe(true);
      return /503|room|full/i.test(status().shipping.error ?? '');
    });
    expect(nadir.running, nadir.said).toBe(true);
    expect(tom.running, tom.said).toBe(true);
    expect(existsSync(database)).toBe(true);

    execFileSync('mount', ['-o', 'remount,size=400m', small]);
    await until('all lines', () => storedLines(database).length >= LINES, 90_000);
    const stored = storedLines(database).map(({ raw }) => raw);
    expect(compareLines(stored, written)).toEqual(ALL_ONCE);
    expect(row(status().ledger, log)?.lost).toEqual({});
  }, 150_000);
});

const row = (rows: AgentStatus['ledger'], path: string) => rows.find((row) => row.path === path);

function freeBytes(path: string): number {
  const kib = execFileSync('df', ['--output=avail', path], { encoding: 'utf8' }).split('\n')[1];
  return Number(kib) * 1024;
}
