import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentStatus } from '@suite/shipping';
import { afterEach, describe, expect, it } from 'vitest';
import { askApi, storedLines } from '../../tools/harness/nadir-api.ts';
import { ALL_ONCE, compareLines, numberedLines } from '../../tools/harness/numbered-lines.ts';
import { createPair } from '../../tools/harness/pair.ts';
import { ndjson, runProgram } from '../../tools/harness/run-program.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const LINES = 20_000;

let scratch: Scratch;
afterEach(() => scratch.remove());

/** A TOM whose spool of 1 MiB is full while two logs of 4 MB each wait to be read, and no NADIR. */
async function fullSpool() {
  scratch = new Scratch('long-outage');
  const logs = scratch.folder('logs');
  const a = join(logs, 'a.log');
  const b = join(logs, 'b.log');
  const written = { a: numberedLines('a', 0, LINES), b: numberedLines('b', 0, LINES) };
  writeFileSync(a, `${written.a.join('\n')}\n`);
  writeFileSync(b, `${written.b.join('\n')}\n`);
  const pair = await createPair(scratch.dir, {
    paths: [`${logs}/*.log`],
    tom:
      'spool: { max_size: 1MiB, segment_size: 64KiB }\nprobes: { interval: 1s }\n' +
      'poll: { active: 50ms, discovery: 200ms }\n',
  });
  scratch.owns(pair);
  const status = () => JSON.parse(readFileSync(pair.tomStatusFile, 'utf8')) as AgentStatus;
  pair.tom.start();
  await until('a full spool', () => status().spool.full);
  return { ...pair, a, b, written, status };
}

type Outage = Awaited<ReturnType<typeof fullSpool>>;

async function ledger({ tomConfigFile }: Outage) {
  const { code, out } = await runProgram('tom', ['ledger', '--config', tomConfigFile, '--json']);
  return { code, rows: ndjson(out) as unknown as (AgentStatus['ledger'][number] & { type: string })[] };
}

describe('NADIR away for longer than the spool is large', () => {
  it('makes sources wait and loses nothing that still stands in its file', async () => {
    const outage = await fullSpool();
    const { nadir, database, written, status, a, b } = outage;
    expect(status().spool.sizeBytes).toBeLessThanOrEqual(1024 * 1024);
    const spooled = status().ledger.reduce((sum, row) => sum + row.spooledBytes, 0);
    expect(spooled).toBeLessThan(statSync(a).size + statSync(b).size);
    const shown = await runProgram('tom', ['status', '--config', outage.tomConfigFile]);
    expect(shown.code).toBe(4);
    expect(shown.out).toContain('FULL: sources wait');

    nadir.start();
    await until('all lines', () => storedLines(database).length >= 2 * LINES, 60_000);
    const stored = storedLines(database).map(({ raw }) => raw);
    expect(compareLines(stored, [...written.a, ...written.b])).toEqual(ALL_ONCE);
    const acknowledged = (path: string) =>
      status().ledger.find((row) => row.path === path)?.acknowledgedBytes;
    await until('the last acknowledgement', () =>
      [a, b].every((path) => acknowledged(path) === statSync(path).size),
    );
    for (const path of [a, b])
      expect((await ledger(outage)).rows.find((row) => row.path === path)?.lost).toEqual({});
  }, 90_000);

  it.each([
    ['truncated', (path: string) => truncateSync(path)],
    ['deleted', (path: string) => rmSync(path)],
  ])(
    'counts exactly what a %s file had and nobody could read',
    async (how, ruin) => {
      const outage = await fullSpool();
      const { nadir, database, written, status, b } = outage;
      const size = statSync(b).size;
      ruin(b);
      if (how === 'truncated') appendFileSync(b, 'b anew\n');
      nadir.start();
      const row = () => status().ledger.find(({ path }) => path === b)!;
      const lost = () => lostBytes(row());
      const stored = () => storedLines(database).map(({ raw }) => raw);
      await until(
        'all of the other file',
        () => stored().filter((raw) => raw.startsWith('a ')).length >= LINES,
      );
      if (how === 'truncated') {
        await until('the line written anew', () => stored().includes('b anew'));
        await until('the loss', () => lost() > 0);
      }

      // What was open is still read to its end after a deletion: nothing is missing then.
      const ofB = () => stored().filter((raw) => /^b \d/.test(raw));
      const bytesOf = (lines: readonly string[]) => lines.reduce((sum, raw) => sum + raw.length + 1, 0);
      await until(`all ${size} bytes: ${how}`, () => {
        const bytes = bytesOf(ofB());
        if (bytes + lost() >= size) return true;
        throw new Error(`${bytes} stored, ${lost()} lost`);
      });
      const stillThere = bytesOf(ofB());
      expect(stillThere + lost()).toBe(size);
      expect(compareLines(ofB(), written.b.slice(0, ofB().length))).toEqual(ALL_ONCE);
      const { code, rows } = await ledger(outage);
      if (lost() > 0) expect(code).toBe(4);
      expect(rows.find(({ path }) => path === b)?.lost).toEqual(
        lost() > 0 ? { [how]: { bytes: lost(), records: 0 } } : {},
      );
      await until('the loss in NADIR', async () => {
        const { items } = await askApi<{ items: { lostBytes: number }[] }>(outage, 'nodes');
        // Measurements that found no room are lost too, and counted.
        const all = status().ledger.reduce((sum, row) => sum + lostBytes(row), 0);
        return items[0]?.lostBytes === all && all >= lost();
      });
    },
    90_000,
  );
});

function lostBytes(row: AgentStatus['ledger'][number]): number {
  return Object.values(row.lost).reduce((sum, { bytes }) => sum + bytes, 0);
}
