import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { answering } from '../../tools/harness/answering.ts';
import { createPair } from '../../tools/harness/pair.ts';
import { Random } from '../../tools/loggen/random.ts';
import { Writer } from './writer.ts';

const KILLS = 100;
const DEADLINE_MS = 60_000;
/** A NADIR that was killed recovers its database first. */
const BUSY_MS = 10_000;
/** Chance of a rotation every 10 ms. */
const ROTATIONS = 0.08;

const seed = Number(process.env.SUITE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const clean: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step();
});

async function setUp() {
  const dir = mkdtempSync(join(tmpdir(), 'exactly-once-'));
  clean.push(() => rmSync(dir, { recursive: true, force: true }));
  const logs = join(dir, 'logs');
  mkdirSync(logs);
  const pair = await createPair(dir, {
    paths: [`${logs}/*.log`],
    nadir: 'journal: { segment_size: 256KiB, max_size: 64MiB }\n',
    tom: 'spool: { segment_size: 256KiB, max_size: 64MiB }\n',
  });
  clean.push(async () => {
    await pair.tom.end('SIGKILL');
    await pair.nadir.end('SIGKILL');
  });
  return { logs, ...pair };
}

/** The numbers of each path's lines, in the order in which the store took them. */
function stored(database: string, paths: readonly string[]): number[][] {
  const found: number[][] = paths.map(() => []);
  const db = new DatabaseSync(database, { readOnly: true, timeout: BUSY_MS });
  try {
    for (const { raw } of db.prepare('SELECT raw FROM record ORDER BY id').iterate()) {
      const match = /^line (\d+) of (\d+) /.exec(String(raw));
      if (match) found[Number(match[2])]?.push(Number(match[1]));
    }
  } finally {
    db.close();
  }
  return found;
}

/** Number of the newest line of each path that is stored; -1 where there is none. */
function newestStored(database: string, paths: readonly string[]): number[] {
  const db = new DatabaseSync(database, { readOnly: true, timeout: BUSY_MS });
  try {
    const newest = db.prepare(
      'SELECT raw FROM record WHERE origin_id IN (SELECT id FROM origin WHERE path = ?) ORDER BY id DESC LIMIT 1',
    );
    return paths.map((path) => Number(/^line (\d+) /.exec(String(newest.get(path)?.raw))?.[1] ?? -1));
  } finally {
    db.close();
  }
}

/** What is wrong with the numbers that were stored; at most ten of each. */
function account(found: readonly number[], count: number) {
  const seen = new Set<number>();
  const twice = found.filter((n) => seen.has(n) || !seen.add(n));
  const missing = Array.from({ length: count }, (_, n) => n).filter((n) => !seen.has(n));
  const unordered = found.filter((n, i) => i > 0 && n < found[i - 1]!);
  return { missing: missing.slice(0, 10), twice: twice.slice(0, 10), unordered: unordered.slice(0, 10) };
}

async function until(holds: () => boolean): Promise<void> {
  const limit = performance.now() + DEADLINE_MS;
  while (!holds()) {
    if (performance.now() > limit) throw new Error('it did not come about in time');
    await delay(250);
  }
}

describe('exactly once', () => {
  it(`stores every line once and in order while TOM and NADIR are killed ${KILLS} times (seed ${seed})`, async () => {
    process.stdout.write(`exactly-once: SUITE_SEED=${seed}\n`);
    const random = new Random(seed);
    const { logs, nadir, tom, database, port } = await setUp();
    const writer = new Writer(logs, random);
    let writing = true;
    const write = async () => {
      while (writing) {
        writer.append();
        if (random.next() < ROTATIONS) writer.rotate(newestStored(database, writer.paths));
        await delay(10);
      }
    };
    clean.push(() => {
      writing = false;
    });

    // What an agent never saw before it was rotated away is old, and not its business: it sees each file once first.
    nadir.start();
    await answering(port);
    tom.start();
    writer.first();
    await until(() => stored(database, writer.paths).every((lines) => lines.length > 0));
    const written = write();
    for (let kill = 0; kill < KILLS; kill++) {
      await delay(400 + random.int(1400));
      const victims = random.pick([[tom], [nadir], [tom, nadir]]);
      for (const victim of victims) expect(victim.running, victim.said).toBe(true);
      await Promise.all(victims.map((victim) => victim.end('SIGKILL')));
      await delay(random.int(100));
      for (const victim of victims) victim.start();
    }
    writing = false;
    await written;
    writer.finish();

    const wanted = writer.written.reduce((sum, count) => sum + count, 0);
    await answering(port);
    await until(() => stored(database, writer.paths).flat().length >= wanted).catch(() => {});
    // Whatever would come twice has come by now.
    await delay(1500);
    process.stdout.write(`exactly-once: ${wanted} lines, ${KILLS} kills, ${writer.rotations} rotations\n`);
    const found = stored(database, writer.paths);
    for (const [index, count] of writer.written.entries()) {
      expect(account(found[index]!, count), writer.paths[index]).toEqual({
        missing: [],
        twice: [],
        unordered: [],
      });
    }
  }, 400_000);
});
