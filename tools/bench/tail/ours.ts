import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { AgentStatus } from '@suite/shipping';
import { answering } from '../../harness/answering.ts';
import { createPair } from '../../harness/pair.ts';
import { type Usage, usageOf } from '../process-usage.ts';
import type { TailRun } from './peers.ts';

const LIMIT_MS = 240_000;
const POLL_MS = 50;

export interface OwnRun extends TailRun {
  /** NADIR's share, beside TOM's. */
  readonly nadirCpuSeconds: number;
  readonly nadirPeakRssBytes: number;
}

/** TOM follows the file from its first byte; done when NADIR has acknowledged the last one as durable. */
export async function runOurs(dir: string, file: string, bytes: number): Promise<OwnRun> {
  const pair = await createPair(dir, { paths: [file], tom: 'probes: { interval: 1h }\n', bundled: true });
  const { nadir, tom } = pair;
  try {
    nadir.start();
    await answering(pair.port);
    const began = process.hrtime.bigint();
    const before = usageOf(nadir.pid);
    tom.start();
    const until = performance.now() + LIMIT_MS;
    while (acknowledgedBytes(pair.tomStatusFile, file) < bytes) {
      if (performance.now() > until || !tom.running || !nadir.running)
        throw new Error(`not done: ${tom.said}${nadir.said}`);
      await delay(POLL_MS);
    }
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const own = usageOf(tom.pid);
    const receiver: Usage = usageOf(nadir.pid);
    return {
      name: 'TOM',
      seconds,
      cpuSeconds: own.cpuSeconds,
      peakRssBytes: own.peakRssBytes,
      nadirCpuSeconds: receiver.cpuSeconds - before.cpuSeconds,
      nadirPeakRssBytes: receiver.peakRssBytes,
    };
  } finally {
    await tom.end('SIGKILL');
    await nadir.end('SIGKILL');
  }
}

export function acknowledgedBytes(statusFile: string, file: string): number {
  try {
    const status = JSON.parse(readFileSync(statusFile, 'utf8')) as AgentStatus;
    return status.ledger.find((row) => row.path === file)?.acknowledgedBytes ?? 0;
  } catch {
    return 0;
  }
}
