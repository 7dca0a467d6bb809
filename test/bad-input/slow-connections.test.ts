import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { askApi, peakRssBytes, storedCount, storedLines } from '../../tools/harness/nadir-api.ts';
import { ALL_ONCE, compareLines, numberedLines } from '../../tools/harness/numbered-lines.ts';
import { createPair } from '../../tools/harness/pair.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const MIB = 1024 * 1024;
const CONNECTIONS = 10_000;
/** In several processes, so that none needs more file descriptors than it may have. */
const CLIENTS = 4;
const GROWTH_MIB = 150;

let scratch: Scratch;
afterEach(() => scratch.remove());

/** Connections that send nothing, half a header, or a body that never comes; from ten addresses a process. */
async function openSlow(port: number, index: number): Promise<number> {
  const client = join(import.meta.dirname, '../../libs/intake/test/slow-client.ts');
  const argv = [client, `${port}`, `${CONNECTIONS / CLIENTS}`, `${2 + index * 10}`, '10'];
  const child: ChildProcess = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'ignore'] });
  scratch.defer(async () => {
    const gone = once(child, 'exit');
    if (child.kill('SIGKILL')) await gone;
  });
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return (JSON.parse(line) as { opened: number }).opened;
}

it(`TOM goes on delivering while ${CONNECTIONS} slow connections stand, and NADIR's memory stays bounded`, async () => {
  scratch = new Scratch('slow-connections');
  const log = join(scratch.folder('logs'), 'a.log');
  const written = numberedLines('a', 0, 4_000);
  writeFileSync(log, `${written[0]}\n`);
  const pair = await createPair(scratch.dir, { paths: [log] });
  scratch.owns(pair);
  const { nadir, tom, database, port } = pair;
  nadir.start();
  tom.start();
  await until('the first line', () => storedCount(database) === 1);
  const before = peakRssBytes(nadir.pid);

  const opening = Promise.all(Array.from({ length: CLIENTS }, (_, index) => openSlow(port, index)));
  for (let at = 1; at < 2_000; at += 100) {
    appendFileSync(log, `${written.slice(at, Math.min(at + 100, 2_000)).join('\n')}\n`);
    await until('lines in between', () => storedCount(database) > 1);
  }
  const opened = (await opening).reduce((sum, count) => sum + count, 0);
  expect(opened).toBe(CONNECTIONS);
  appendFileSync(log, `${written.slice(2_000).join('\n')}\n`);
  await until('all lines', () => storedCount(database) >= written.length);
  expect(
    compareLines(
      storedLines(database).map(({ raw }) => raw),
      written,
    ),
  ).toEqual(ALL_ONCE);
  expect(await askApi<object>(pair, 'nodes')).toMatchObject({ items: [{ agent: 'node1' }] });
  const grown = peakRssBytes(nadir.pid) - before;
  process.stdout.write(`slow connections: ${opened} opened, NADIR grew by ${Math.round(grown / MIB)} MiB\n`);
  expect(grown).toBeLessThan(GROWTH_MIB * MIB);
}, 90_000);
