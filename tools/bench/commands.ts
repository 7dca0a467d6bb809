import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '@suite/commands';
import type { Reporter } from './figure.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const BENIGN = join(DATA, 'nl2bash/commands-odd.txt');
const ATTACKS = join(DATA, 'atomic-red-team/linux-tests.ndjson');
const LISTS = join(import.meta.dirname, '../../libs/commands/test');
const EVERYDAY = join(LISTS, 'everyday-commands.txt');
const EVERYDAY_OF_OTHERS = join(LISTS, 'everyday-of-others.txt');
const TECHNIQUES = join(LISTS, 'techniques.tsv');
const RATE_BAR = 50_000;
const PASSES = 20;

interface AtomicTest {
  readonly technique: string;
  readonly name: string;
  readonly commands: readonly string[];
}

/** ATT&CK's tactics by the techniques of ours that stand for them; the first that a technique belongs to. */
const TACTICS: readonly (readonly [string, RegExp])[] = [
  ['credential access', /^T1(?:003|040|056|110|111|212|528|539|552|555|556|557|558|606|649)\b/],
  [
    'discovery',
    /^T1(?:007|010|012|016|018|033|046|049|057|069|082|083|087|120|124|135|201|217|497|518|526|580|602|613|614|619|622|652|654|673|680)\b/,
  ],
  [
    'defence evasion',
    /^T1(?:006|014|027|036|055|070|140|205|211|218|222|480|484|542|550|553|562|564|578|601|620)\b/,
  ],
  ['execution', /^T1(?:053|059|072|106|129|203|204|559|569|609|610|612|651)\b/],
  ['persistence and rights', /^T1(?:037|068|078|098|133|136|176|505|543|546|547|548|554|574|611|653|668)\b/],
  ['lateral movement', /^T1(?:021|080|091|210|534|563|570|669|674)\b/],
  ['collection', /^T1(?:005|025|039|074|113|114|115|119|123|125|213|530|560)\b/],
  ['command and control', /^T1(?:001|008|071|090|092|095|102|104|105|132|219|568|571|572|573|659|665)\b/],
  ['exfiltration', /^T1(?:011|020|029|030|041|048|052|537|567)\b/],
  ['impact', /^T1(?:485|486|489|490|491|495|496|498|499|529|531|561|565|657)\b/],
];

/** How many everyday commands are flagged, how many tests of Atomic Red Team are found, and how fast. */
export async function commands(report: Reporter): Promise<void> {
  const everyday = linesOf(EVERYDAY);
  flagged(report, 'everyday admin commands flagged', everyday);
  flagged(report, 'everyday commands of developers and students flagged', linesOf(EVERYDAY_OF_OTHERS));
  byTechnique(report);
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

/**
 * Single commands that techniques look like, written before they were judged. A third of them, told by their hash, was
 * kept aside while the catalogue was made.
 */
function byTechnique(report: Reporter): void {
  const rows = linesOf(TECHNIQUES).map((line) => {
    const at = line.indexOf('\t');
    return { technique: line.slice(0, at), command: line.slice(at + 1) };
  });
  const share = (of: typeof rows) =>
    (100 * of.filter(({ command }) => judge(command).verdict !== 'benign').length) / of.length;
  const aside = rows.filter(({ command }) => createHash('sha256').update(command).digest()[0]! % 3 === 0);
  for (const [figure, of] of [
    ['own commands by technique found', rows],
    ['of these, the third that was kept aside', aside],
  ] as const) {
    const value = share(of);
    report.note(`${figure}: of ${of.length}`);
    report.figure({ figure, value, unit: '%', bar: 'at least 60 %', ok: value >= 60 });
  }
  for (const [tactic, belongs] of TACTICS) {
    const of = rows.filter(({ technique }) => belongs.test(technique));
    report.note(`${tactic}: ${share(of).toFixed(0)} % of ${of.length}`);
  }
  const left = rows.filter(({ technique }) => !TACTICS.some(([, belongs]) => belongs.test(technique)));
  if (left.length > 0) report.note(`other: ${share(left).toFixed(0)} % of ${left.length}`);
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
