import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openSqliteReader } from '@suite/store';
import { afterEach, describe, expect, it } from 'vitest';
import { Random } from '../../tools/loggen/random.ts';
import { Program } from './program.ts';
import { Writer } from './writer.ts';

const KILLS = 100;
const DEADLINE_MS = 90_000;

const seed = Number(process.env.SUITE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const clean: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step();
});

/** A free port on loopback; NADIR comes back on the same one after each kill. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function setUp() {
  const dir = mkdtempSync(join(tmpdir(), 'exactly-once-'));
  clean.push(() => rmSync(dir, { recursive: true, force: true }));
  const logs = join(dir, 'logs');
  mkdirSync(logs);
  const port = await freePort();
  const token = 'a-token-for-this-test-only';
  writeFileSync(join(dir, 'token'), token, { mode: 0o600 });
  const nadirFile = join(dir, 'nadir.yml');
  writeFileSync(
    nadirFile,
    `data_dir: ${dir}/nadir\nhttp: { port: ${port} }\ntoken_file: ${dir}/token\njournal: { segment_size: 256KiB, max_size: 64MiB }\n`,
  );
  const tomFile = join(dir, 'tom.yml');
  writeFileSync(
    tomFile,
    `agent: { id: node1, host: node1 }\nstate_dir: ${dir}/tom\n` +
      `nadir: { url: "http://127.0.0.1:${port}", token_file: ${dir}/token }\n` +
      `files: [{ paths: ["${logs}/*.log"] }]\nspool: { segment_size: 256KiB, max_size: 64MiB }\n` +
      'journald: { enabled: false }\nhistories: { enabled: false }\n',
  );
  const nadir = new Program('nadir', ['serve', '--config', nadirFile]);
  const tom = new Program('tom', ['run', '--config', tomFile]);
  clean.push(async () => {
    await tom.end('SIGKILL');
    await nadir.end('SIGKILL');
  });
  return { dir, logs, nadir, tom, database: join(dir, 'nadir', 'nadir.db') };
}

/** The numbers of each path's lines, in the order in which the store took them. */
async function stored(database: string, paths: readonly string[]): Promise<number[][]> {
  const { DatabaseSync } = await import('node:sqlite');
  const reader = openSqliteReader({ path: database });
  try {
    const found: number[][] = paths.map(() => []);
    const db = new DatabaseSync(database, { readOnly: true });
    for (const { raw } of db.prepare('SELECT raw FROM record ORDER BY id').iterate() as Iterable<{ raw: string }>) {
      const match = /^line (\d+) of (\d+) /.exec(raw);
      if (match) found[Number(match[2])]?.push(Number(match[1]));
    }
    db.close();
    return found;
  } finally {
    await reader.stop();
  }
}

describe('exactly once', () => {
  it(`stores every line once and in order while TOM and NADIR are killed ${KILLS} times (seed ${seed})`, async () => {
    process.stdout.write(`exactly-once: SUITE_SEED=${seed}\n`);
    const random = new Random(seed);
    const { logs, nadir, tom, database } = await setUp();
    const writer = new Writer(logs, random);
    let writing = true;
    const write = (async () => {
      while (writing) {
        writer.append();
        if (random.next() < 0.04) writer.rotate();
        await delay(10);
      }
    })();
    clean.push(() => {
      writing = false;
    });

    nadir.start();
    tom.start();
    for (let kill = 0; kill < KILLS; kill++) {
      await delay(200 + random.int(1000));
      const victims = random.pick([[tom], [nadir], [tom, nadir]]);
      for (const victim of victims) expect(victim.running, victim.said).toBe(true);
      await Promise.all(victims.map((victim) => victim.end('SIGKILL')));
      await delay(random.int(100));
      for (const victim of victims) victim.start();
    }
    writing = false;
    await write;
    writer.finish();

    const wanted = writer.written.reduce((sum, count) => sum + count, 0);
    const until = performance.now() + DEADLINE_MS;
    let found = await stored(database, writer.paths);
    while (found.flat().length < wanted && performance.now() < until) {
      await delay(250);
      found = await stored(database, writer.paths);
    }
    await delay(1500);
    found = await stored(database, writer.paths);
    process.stdout.write(`exactly-once: ${wanted} lines, ${KILLS} kills\n`);
    for (const [index, count] of writer.written.entries()) {
      expect(found[index], writer.paths[index]).toEqual(Array.from({ length: count }, (_, n) => n));
    }
  }, 400_000);
});
