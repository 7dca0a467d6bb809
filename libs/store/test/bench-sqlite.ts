import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteReader, openSqliteWriter } from '@suite/store';
import { benchRecords } from './bench-records.ts';

/** Measures the embedded store: `node libs/store/test/bench-sqlite.ts [records] [records a batch]`. One object per figure. */
const total = Number(process.argv[2] ?? 400_000);
const batchSize = Number(process.argv[3] ?? 2_000);

for (const fullText of [true, false]) {
  const dir = mkdtempSync(join(tmpdir(), 'store-bench-'));
  try {
    const path = join(dir, 'store.db');
    const writer = openSqliteWriter({ path, retention: { ageMs: 1e15, sizeBytes: 1e12 }, fullText });
    let busyMs = 0;
    let cpuUs = 0;
    for (let start = 0; start < total; start += batchSize) {
      const records = benchRecords(start, batchSize);
      const before = performance.now();
      const cpuBefore = process.cpuUsage();
      await writer.commit({
        records,
        samples: [],
        detections: [],
        incidents: [],
        nodes: [],
        position: start + batchSize,
      });
      busyMs += performance.now() - before;
      const cpu = process.cpuUsage(cpuBefore);
      cpuUs += cpu.user + cpu.system;
    }
    const report = (figure: string, value: number, unit: string) =>
      console.log(
        JSON.stringify({
          bench: 'store-sqlite',
          figure: `${figure}${fullText ? '' : ' without full text'}`,
          value: Math.round(value * 10) / 10,
          unit,
        }),
      );
    report('committed', total / (busyMs / 1_000), 'records/s');
    report('CPU', cpuUs / total, 'µs/record');
    report('size', statSync(path).size / total, 'bytes/record');
    if (fullText) {
      const reader = openSqliteReader({ path });
      const timed = async (figure: string, work: () => Promise<unknown>) => {
        const before = performance.now();
        await work();
        report(figure, performance.now() - before, 'ms');
      };
      await timed('search a rare user', () => reader.records({ text: 'user13', limit: 100 }));
      await timed('search an address', () => reader.records({ text: '10.3.7.11', limit: 100 }));
      await timed('search what is not there', () =>
        reader.records({ text: 'failed 10.3.250.999', limit: 100 }),
      );
      await timed('search a word of every line', () =>
        reader.records({ text: 'failed password', limit: 100 }),
      );
      await timed('filter by user and host', () =>
        reader.records({ user: 'user13', host: 'node1', limit: 100 }),
      );
      await timed('newest page', () => reader.records({ limit: 100 }));
      await timed('rate by the hour', () => reader.rate({ bucketUs: 3_600_000_000 }));
      await timed('counts', () => reader.counts());
      await reader.stop();
    }
    await writer.stop();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
