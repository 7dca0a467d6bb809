import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '@suite/commands';
import type { Reporter } from './figure.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const BENIGN = join(DATA, 'nl2bash/commands-odd.txt');
const ATTACKS = join(DATA, 'atomic-red-team/linux-tests.ndjson');
const EVERYDAY = join(import.meta.dirname, '../../libs/commands/test/everyday-commands.txt');
const RATE_BAR = 50_000;
const PASSES = 20;

interface AtomicTest {
  readonly technique: string;
  readonly name: string;
  readonly commands: readonly string[];
}

/** How many everyday commands are flagged, how many tests of Atomic Red Team are found, and how fast. */
export async function commands(report: Reporter): Promise<void> {
  const everyday = linesOf(EVERYDAY);
  flagged(report, 'everyday admin commands flagged', everyday);
  if (existsSync(BENIGN)) flagged(report, 'nl2bash commands flagged', linesOf(BENIGN));
  else report.note(`skipped: ${BENIGN} is not here`);
  if (existsSync(ATTACKS))
    found(
      report,
      linesOf(ATTACKS).map((line) => JSON.parse(line) as AtomicTest),
    );
  else report.note(`skipped: ${ATTACKS} is not here`);
  rate(report, existsSync(BENIGN) ? [...linesOf(BENIGN), ...everyday] : everyday);
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function flagged(report: Reporter, figure: string, lines: readonly string[]): void {
  const count = lines.filter((line) => judge(line).verdict !== 'benign').length;
  const value = (100 * count) / lines.length;
  report.note(`${figure}: ${count} of ${lines.length}`);
  report.figure({ figure, value, unit: '%', bar: 'at most 0.5 %', ok: value <= 0.5 });
}

function found(report: Reporter, tests: readonly AtomicTest[]): void {
  const count = tests.filter(({ commands }) =>
    commands.some((one) => judge(one).verdict !== 'benign'),
  ).length;
  const value = (100 * count) / tests.length;
  report.note(`Atomic Red Team tests found: ${count} of ${tests.length}`);
  report.figure({
    figure: 'Atomic Red Team tests found',
    value,
    unit: '%',
    bar: 'at least 60 %, aim 75 %',
    ok: value >= 60,
    against: 'Sigma’s published rules',
    theirs: 23.9,
    ratio: value / 23.9,
  });
}

/** The best of several passes: what the machine does besides is not ours. */
function rate(report: Reporter, lines: readonly string[]): void {
  let best = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    const start = performance.now();
    for (const line of lines) judge(line);
    best = Math.max(best, (1000 * lines.length) / (performance.now() - start));
  }
  report.figure({
    figure: 'commands judged',
    value: best,
    unit: 'lines/s',
    bar: `at least ${RATE_BAR}`,
    ok: best >= RATE_BAR,
  });
}
