import { setTimeout as delay } from 'node:timers/promises';
import { answering } from '../../harness/answering.ts';
import { createPair, type Pair } from '../../harness/pair.ts';
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
export async function runOurs(dir: string, file: string, lines: number): Promise<OwnRun> {
  const pair = await createPair(dir, { paths: [file], tom: 'probes: { interval: 1h }\n', bundled: true });
  const { nadir, tom } = pair;
  try {
    nadir.start();
    await answering(pair.port);
    const began = process.hrtime.bigint();
    const before = usageOf(nadir.pid);
    tom.start();
    const until = performance.now() + LIMIT_MS;
    // NADIR counts a record once its batch is durable, which is when it answers; TOM's own status comes every two seconds.
    while ((await durableRecords(pair)) < lines) {
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

/** Records of batches that NADIR has acknowledged since it started. */
export async function durableRecords({ port, token }: Pair): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/health`, { headers });
  return ((await response.json()) as { intake: { records: number } }).intake.records;
}
