import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogRecord } from '@suite/event';
import { listRuleFiles, readRuleFiles, replay } from '@suite/pipeline';
import { loadRules, RuleMatcher, type RuleSet } from '@suite/sigma';
import { SshLog } from '../loggen/ssh-log.ts';
import type { Reporter } from './figure.ts';

const ROOT = join(import.meta.dirname, '../..');
const SIGMA = join(ROOT, '../shared/data/sigma');
const COMMANDS = join(ROOT, '../shared/data/nl2bash/commands-odd.txt');
const LINES = 200_000;
const BAR = 300_000;
const ROUNDS = 5;

/** Parsed records against rules alone: our own, and Sigma's Linux rules where they are present. */
export async function rules(report: Reporter): Promise<void> {
  const ssh = await recordsOf('/var/log/auth.log', [
    ...[...new SshLog({ seed: 1, lines: LINES, startMs: Date.UTC(2026, 0, 1) }).chunks()].map((text) =>
      Buffer.from(text),
    ),
  ]);
  await measure(report, 'our own rules, sshd', await rulesOf([join(ROOT, 'rules')]), ssh, BAR);
  if (!existsSync(SIGMA)) {
    report.note(`no ${SIGMA}: Sigma's Linux rules are left out`);
    return;
  }
  const all = await rulesOf([join(ROOT, 'rules'), SIGMA]);
  await measure(report, "with Sigma's Linux rules, sshd", all, ssh, BAR);
  if (!existsSync(COMMANDS)) return;
  const commands = await recordsOf('/home/pi/.bash_history', [readFileSync(COMMANDS)]);
  await measure(report, "with Sigma's Linux rules, shell commands", all, commands, null);
}

async function rulesOf(dirs: readonly string[]): Promise<RuleSet> {
  const paths = (await Promise.all(dirs.map(listRuleFiles))).flat();
  return loadRules((await readRuleFiles(paths)).filter((file) => 'text' in file)).ruleSet;
}

async function recordsOf(file: string, chunks: readonly Buffer[]): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  await replay([{ file, chunks, nearUs: Date.UTC(2026, 0, 2) * 1000 }], {
    host: 'bench',
    engine: null,
    onRecord: (record) => records.push(record),
    signal: new AbortController().signal,
  });
  return records;
}

/** By the processor time of this thread, the best of five rounds: other load on the machine says nothing about rules. */
async function measure(
  report: Reporter,
  name: string,
  ruleSet: RuleSet,
  records: readonly LogRecord[],
  bar: number | null,
): Promise<void> {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const matcher = new RuleMatcher(ruleSet, ({ id }) => id);
    const began = process.threadCpuUsage();
    for (const record of records) matcher.observe({ record, facts: null, allowed: false }, () => {});
    const used = process.threadCpuUsage(began);
    const seconds = (used.user + used.system) / 1e6;
    best = Math.max(best, records.length / seconds);
  }
  report.figure({
    figure: `${name} (${ruleSet.rules.length} rules)`,
    value: Math.round(best),
    unit: 'lines per CPU second',
    ...(bar === null ? {} : { bar: `at least ${bar} lines/s`, ok: best >= bar }),
  });
}
