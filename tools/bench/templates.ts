import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FrameStripper, TemplateMiner } from '@suite/anomaly';
import { createEngine, DEFAULT_SETTINGS } from '@suite/detection';
import type { Detection } from '@suite/event';
import { replay } from '@suite/pipeline';
import type { Reporter } from './figure.ts';
import { smallServerLog } from './small-server-log.ts';

const DATA = join(import.meta.dirname, '../../../shared/data/loghub');
const GA_BAR = 0.93;
const RATE_BAR = 300_000;
const RATE_LINES = 1_000_000;
const FLOOD_LINES = 200_000;
const PROVEN_KINDS = 5_000;

/**
 * How well templates group lines (loghub's samples, evaluated as logparser does), lines per second through mining alone,
 * and memory under a flood of messages that are all different.
 */
export async function templates(report: Reporter): Promise<void> {
  for (const name of ['OpenSSH']) accuracy(report, name);
  rate(report);
  flood(report);
  await month(report);
}

function accuracy(report: Reporter, name: string): void {
  const dir = join(DATA, name);
  if (!existsSync(dir)) {
    report.note(`${dir} is not here: no accuracy is measured`);
    return;
  }
  const lines = readFileSync(join(dir, `${name}_2k.log`), 'utf8')
    .trimEnd()
    .split(/\r?\n/);
  const rows = readFileSync(join(dir, `${name}_2k.log_structured.csv`), 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .slice(1);
  const truth = rows.map((row) => /,(E\d+),/.exec(row)?.[1] ?? row);
  const frames = new FrameStripper();
  const miner = new TemplateMiner();
  const mined = lines.map((line) => miner.mine(frames.strip(line)));
  const score = groupingAccuracy(
    truth,
    mined.map((template) => miner.current(template).id),
  );
  report.figure({
    figure: `${name}: grouping accuracy`,
    value: score.lines,
    unit: '',
    bar: `at least ${GA_BAR}; Drain 0.7875`,
    ok: score.lines >= GA_BAR,
  });
  report.figure({ figure: `${name}: F1 of grouping by template`, value: score.templates, unit: '' });
}

/**
 * As logpai/logparser: a line counts when its group is exactly the true group.
 * @returns `lines`: share of lines (GA); `templates`: F1 over groups (FGA).
 */
export function groupingAccuracy(
  truth: readonly string[],
  found: readonly string[],
): { lines: number; templates: number } {
  const trueSizes = new Map<string, number>();
  const groups = new Map<string, { of: Set<string>; lines: number }>();
  truth.forEach((kind, i) => {
    trueSizes.set(kind, (trueSizes.get(kind) ?? 0) + 1);
    const group = groups.get(found[i]!) ?? { of: new Set<string>(), lines: 0 };
    group.of.add(kind);
    group.lines += 1;
    groups.set(found[i]!, group);
  });
  const right = [...groups.values()].filter(
    ({ of, lines }) => of.size === 1 && trueSizes.get([...of][0]!) === lines,
  );
  const lines = right.reduce((sum, group) => sum + group.lines, 0);
  return {
    lines: lines / truth.length,
    templates: (2 * right.length) / (groups.size + trueSizes.size),
  };
}

function rate(report: Reporter): void {
  const messages: string[] = [];
  for (let i = 0; messages.length < RATE_LINES; i++) {
    const address = `198.18.${i & 255}.${(i >> 8) & 255}`;
    messages.push(
      `Failed password for invalid user u${i} from ${address} port ${i & 65535} ssh2`,
      `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${address} `,
      `Received disconnect from ${address} port ${i & 65535}:11: Bye Bye [preauth]`,
      `request ${i} of tenant t${i % 50} took ${i % 900} ms, ${i} bytes sent`,
      `Block blk_${i}123 stored as bytes in memory (estimated size ${i % 77}.3 KB, free 365.9 KB)`,
    );
  }
  const rates = [0, 1, 2].map(() => {
    const miner = new TemplateMiner();
    const began = process.hrtime.bigint();
    for (const message of messages) miner.mine(message);
    return messages.length / (Number(process.hrtime.bigint() - began) / 1e9);
  });
  const median = rates.sort((a, b) => a - b)[1]!;
  report.figure({
    figure: 'mining alone',
    value: median,
    unit: 'lines/s',
    bar: `at least ${RATE_BAR}`,
    ok: median >= RATE_BAR,
  });
}

function flood(report: Reporter): void {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  const before = process.memoryUsage().heapUsed;
  const miner = new TemplateMiner();
  const began = process.hrtime.bigint();
  for (let i = 0; i < FLOOD_LINES; i++) miner.mine(unlike(i));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  report.figure({
    figure: 'mining messages that are all different',
    value: FLOOD_LINES / seconds,
    unit: 'lines/s',
  });
  // Each often enough to prove itself: as full as a miner gets.
  for (let i = 0; i < PROVEN_KINDS; i++)
    for (let times = 0; times < 20; times++) miner.mine(unlike(FLOOD_LINES + i));
  report.figure({
    figure: 'templates kept of 205,000',
    value: miner.size,
    unit: '',
    bar: 'at most 3584',
    ok: miner.size <= 3584,
  });
  gc?.();
  if (gc)
    report.figure({
      figure: 'heap of a full miner',
      value: (process.memoryUsage().heapUsed - before) / 2 ** 20,
      unit: 'MiB',
    });
  else report.note('the heap is measured with node --expose-gc');
  report.figure({
    figure: 'snapshot of a full miner',
    value: JSON.stringify(miner.snapshot()).length / 1024,
    unit: 'KiB',
  });
}

function unlike(number: number): string {
  const words = [number, number * 3 + 1, number * 7 + 2, number * 11 + 3, number * 13 + 4, number * 17 + 5];
  return words
    .slice(0, 2 + (number % 5))
    .map(letters)
    .join(' ');
}

/** What the detectors say of a month of a small server, without and with six faults in it. */
async function month(report: Reporter): Promise<void> {
  for (const faults of [false, true]) {
    const startMs = Date.UTC(2026, 0, 5);
    const text = smallServerLog({ seed: 7, days: 30, startMs, faults });
    const engine = createEngine(DEFAULT_SETTINGS);
    const said: Detection[] = [];
    await replay(
      [{ file: 'syslog', chunks: [Buffer.from(text)], nearUs: (startMs + 30 * 86_400_000) * 1000 }],
      {
        host: 'node1',
        engine,
        signal: new AbortController().signal,
        onDetection: (detection) => {
          if (detection.rule.startsWith('log-template-')) said.push(detection);
        },
      },
    );
    for (const { rule, reason } of said) report.note(`  ${rule}: ${reason}`);
    report.figure({
      figure: faults ? 'told of a month with six faults' : 'told of a month without faults',
      value: said.length,
      unit: '',
      bar: faults ? 'six to eight' : 'at most two',
      ok: faults ? said.length >= 6 && said.length <= 8 : said.length <= 2,
    });
  }
}

/** A number as letters: no mask makes two of them the same. */
function letters(number: number): string {
  let left = (Math.imul(number + 1, 2654435761) >>> 0) + 26 ** 4;
  let text = '';
  for (; left > 0; left = Math.floor(left / 26)) text += String.fromCharCode(97 + (left % 26));
  return text;
}
