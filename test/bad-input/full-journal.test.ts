import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { askApi, storedCount, storedLines } from '../../tools/harness/nadir-api.ts';
import { ALL_ONCE, compareLines, numberedLines } from '../../tools/harness/numbered-lines.ts';
import { createPair } from '../../tools/harness/pair.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const LINES = 60_000;

let scratch: Scratch;
afterEach(() => scratch.remove());

it('a full journal refuses for as long as the store needs to empty it, and everything arrives once', async () => {
  scratch = new Scratch('full-journal');
  const log = join(scratch.folder('logs'), 'a.log');
  const written = numberedLines('a', 0, LINES);
  writeFileSync(log, `${written.join('\n')}\n`);
  const pair = await createPair(scratch.dir, {
    paths: [log],
    nadir: 'journal: { max_size: 4MiB, segment_size: 1MiB }\n',
  });
  scratch.owns(pair);
  const { nadir, tom, database } = pair;
  nadir.start();
  tom.start();
  await until('all lines', () => storedCount(database) >= LINES, 60_000);
  expect(
    compareLines(
      storedLines(database).map(({ raw }) => raw),
      written,
    ),
  ).toEqual(ALL_ONCE);
  type Health = { intake: Record<string, number>; journal: { sizeBytes: number } };
  const { intake, journal } = await askApi<Health>(pair, 'health');
  process.stdout.write(`full journal: refused ${intake.refused_journal_full ?? 0} times\n`);
  expect(intake.refused_journal_full).toBeGreaterThan(0);
  expect(journal.sizeBytes).toBeLessThanOrEqual(4 * 1024 * 1024);
}, 90_000);
