import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compressZstd, createLogsEncoder } from '@suite/protocol';
import { answering } from '../harness/answering.ts';
import { createPair, type Pair } from '../harness/pair.ts';
import { build } from './build.ts';
import type { Reporter } from './figure.ts';
import { usageOf } from './process-usage.ts';
import { LINE_BYTES, writeLogFile } from './tail/log-file.ts';
import { durableRecords } from './tail/ours.ts';

const APPENDS = 500;
const SENDERS = 4;
const BATCHES_EACH = 150;
const IDLE_MS = 20_000;

/** Append → acknowledged; what an idle agent costs; batches from several agents at once. */
export async function intake(report: Reporter): Promise<void> {
  build();
  const dir = mkdtempSync(join(tmpdir(), 'bench-intake-'));
  const logs = join(dir, 'logs');
  mkdirSync(logs);
  const pair = await createPair(dir, { paths: [`${logs}/*.log`], bundled: true });
  try {
    pair.nadir.start();
    await answering(pair.port);
    pair.tom.start();
    await latency(report, pair, join(logs, 'app.log'));
    await idle(report, pair);
    await pair.tom.end('SIGTERM');
    await batches(report, pair, dir);
  } finally {
    await pair.tom.end('SIGKILL');
    await pair.nadir.end('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}

/** One line at a time, 20 ms apart; acknowledged when NADIR counts it as a record of a durable batch. */
async function latency(report: Reporter, pair: Pair, file: string): Promise<void> {
  const took: number[] = [];
  appendFileSync(file, 'first\n');
  await until(async () => (await durableRecords(pair)) >= 1);
  for (let i = 0; i < APPENDS; i++) {
    const before = await durableRecords(pair);
    const began = performance.now();
    appendFileSync(file, `line ${i} ${'x'.repeat(120)}\n`);
    await until(async () => (await durableRecords(pair)) > before);
    took.push(performance.now() - began);
    await delay(20);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor(took.length * share)]!;
  report.figure({ figure: 'append → acknowledged, p50', value: at(0.5), unit: 'ms' });
  report.figure({
    figure: 'append → acknowledged, p99',
    value: at(0.99),
    unit: 'ms',
    bar: 'under 100 ms',
    ok: at(0.99) < 100,
  });
}

async function idle(report: Reporter, pair: Pair): Promise<void> {
  await delay(3_000);
  const before = usageOf(pair.tom.pid);
  await delay(IDLE_MS);
  const after = usageOf(pair.tom.pid);
  const percent = ((after.cpuSeconds - before.cpuSeconds) / (IDLE_MS / 1000)) * 100;
  report.figure({
    figure: 'TOM CPU, idle, probes on',
    value: percent,
    unit: '%',
    bar: 'under 1 %',
    ok: percent < 1,
  });
  report.figure({ figure: 'TOM RSS, idle', value: after.rssBytes / 1e6, unit: 'MB' });
}

/** Several agents at once, each with one batch of 1 MiB of lines under way. */
async function batches(report: Reporter, pair: Pair, dir: string): Promise<void> {
  const body = await batchOfLines(join(dir, 'batch.log'));
  const usage = usageOf(pair.nadir.pid);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: SENDERS }, async (_, sender) => {
      for (let sequence = 1; sequence <= BATCHES_EACH; sequence++) {
        const response = await fetch(`http://127.0.0.1:${pair.port}/v1/logs`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${pair.token}`,
            'content-type': 'application/x-protobuf',
            'content-encoding': 'zstd',
            'x-tom-agent': `bench-${sender}`,
            'x-tom-epoch': 'bench',
            'x-tom-sequence': String(sequence),
          },
          body: new Uint8Array(body),
        });
        if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
        await response.arrayBuffer();
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const after = usageOf(pair.nadir.pid);
  const total = SENDERS * BATCHES_EACH * 2 ** 20;
  report.figure({
    figure: `batches of 1 MiB from ${SENDERS} agents, durable`,
    value: total / 2 ** 20 / seconds,
    unit: 'MiB/s',
  });
  report.figure({
    figure: 'NADIR CPU meanwhile',
    value: (after.cpuSeconds - usage.cpuSeconds) / (total / 1e9),
    unit: 's/GB',
  });
  report.figure({ figure: 'NADIR peak RSS', value: after.peakRssBytes / 1e6, unit: 'MB' });
}

async function batchOfLines(file: string): Promise<Buffer> {
  writeLogFile(file, Math.floor(2 ** 20 / LINE_BYTES));
  const block = readFileSync(file);
  const encoder = createLogsEncoder({
    resource: { agent: 'bench', host: 'bench', version: '0' },
    capacityBytes: 4 * 2 ** 20,
  });
  encoder.begin({ path: file, kind: 'file', stream: 'bench' }, 1_767_225_600_000_000);
  encoder.addLines(block, 0, statSync(file).size, 0);
  return compressZstd(encoder.finish(), 1);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const limit = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > limit) throw new Error('nothing was acknowledged within 20 s');
    await delay(1);
  }
}
