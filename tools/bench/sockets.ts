import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createSocketSource, type SourceSink } from '@suite/sources';
import { answering } from '../harness/answering.ts';
import { createPair } from '../harness/pair.ts';
import { build } from './build.ts';
import type { Reporter } from './figure.ts';
import { usageOf } from './process-usage.ts';

const IDLE_MS = 20_000;
const SETTLE_MS = 5_000;
const CONNECTIONS = 100_000;
const CROWDED_MS = 10_000;

/** What looking at sockets costs an idle agent, and one on a node with 100,000 connections. */
export async function sockets(report: Reporter): Promise<void> {
  build();
  const off = await idle('sockets: { enabled: false }');
  const on = await idle('sockets: { enabled: true }');
  report.figure({
    figure: 'TOM CPU, idle, sockets on',
    value: on.percent,
    unit: '%',
    against: 'off',
    theirs: off.percent,
    ratio: on.percent / off.percent,
    bar: 'under 1 %',
    ok: on.percent < 1,
  });
  report.figure({
    figure: 'TOM RSS, idle, sockets on',
    value: on.rssBytes / 1e6,
    unit: 'MB',
    against: 'off',
    theirs: off.rssBytes / 1e6,
    ratio: on.rssBytes / off.rssBytes,
    bar: 'under 2 MB more',
    ok: on.rssBytes - off.rssBytes < 2e6,
  });
  await crowded(report);
}

async function idle(tom: string): Promise<{ percent: number; rssBytes: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-sockets-'));
  const pair = await createPair(dir, { paths: [join(dir, 'none.log')], tom, bundled: true });
  try {
    pair.nadir.start();
    await answering(pair.port);
    pair.tom.start();
    await delay(SETTLE_MS);
    const before = usageOf(pair.tom.pid);
    await delay(IDLE_MS);
    const after = usageOf(pair.tom.pid);
    return {
      percent: ((after.cpuSeconds - before.cpuSeconds) / (IDLE_MS / 1000)) * 100,
      rssBytes: after.rssBytes,
    };
  } finally {
    await pair.tom.end('SIGKILL');
    await pair.nadir.end('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}

/** In this process, on a table as the kernel would write it: what is measured is our part of the work. */
async function crowded(report: Reporter): Promise<void> {
  const procRoot = mkdtempSync(join(tmpdir(), 'bench-proc-'));
  mkdirSync(join(procRoot, 'net'));
  writeFileSync(join(procRoot, 'net/tcp'), table());
  const source = createSocketSource({
    name: 'sockets',
    procRoot,
    clock: () => Math.round(performance.now() * 1_000),
    randomId: () => 'bench',
  });
  try {
    const first = process.cpuUsage();
    await source.start(NOWHERE);
    const { user, system } = process.cpuUsage(first);
    report.figure({
      figure: 'first look at 100,000 connections',
      value: (user + system) / 1_000,
      unit: 'CPU ms',
    });
    const before = process.cpuUsage();
    await delay(CROWDED_MS);
    const after = process.cpuUsage(before);
    const percent = (after.user + after.system) / 10 / CROWDED_MS;
    const ok = percent < 1;
    report.figure({ figure: 'CPU at 100,000 connections', value: percent, unit: '%', bar: 'under 1 %', ok });
  } finally {
    await source.stop();
    rmSync(procRoot, { recursive: true, force: true });
  }
}

const NOWHERE: SourceSink = {
  lines: () => Promise.resolve(),
  remember: () => Promise.resolve(),
  lost: () => {},
  resume: () => new Map(),
};

function table(): string {
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
  const row = (n: number) =>
    `${String(n).padStart(4)}: 0B01A8C0:${hex(20_000 + (n % 40_000), 4)} ${hex((n * 2_654_435_761) % 2 ** 32, 8)}:01BB 01 ` +
    `00000000:00000000 00:00000000 00000000  1000        0 ${n + 1_000} 1 0000000000000000 20 4 30 10 -1`;
  const head =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
  return `${[head, ...Array.from({ length: CONNECTIONS }, (_, n) => row(n))].join('\n')}\n`;
}
