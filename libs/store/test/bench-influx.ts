import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInfluxWriter } from '@suite/store';
import { benchRecords } from './bench-records.ts';
import { Influxd } from './servers/influxd.ts';
import { until } from './servers/process.ts';

/** Measures commits into the durable queue and points in a real InfluxDB: `node libs/store/test/bench-influx.ts [records]`. */
const total = Number(process.argv[2] ?? 100_000);
const batchSize = 2_000;
const dir = mkdtempSync(join(tmpdir(), 'store-bench-'));
const server = await Influxd.create();
try {
  const connection = await server.createDatabase('bench');
  const writer = await openInfluxWriter({ ...connection, dir, retentionMs: null });
  let commitMs = 0;
  const start = performance.now();
  for (let n = 0; n < total; n += batchSize) {
    const records = benchRecords(n, batchSize);
    const before = performance.now();
    await writer.commit({
      records,
      samples: [],
      detections: [],
      incidents: [],
      nodes: [],
      position: n + batchSize,
    });
    commitMs += performance.now() - before;
  }
  await until('the queue to empty', () => writer.backlog().pendingBytes === 0, 600_000);
  const allMs = performance.now() - start;
  const report = (figure: string, value: number, unit: string) =>
    console.log(JSON.stringify({ bench: 'store-influx', figure, value: Math.round(value), unit }));
  report('committed to the queue', total / (commitMs / 1_000), 'records/s');
  report('committed, shipped and written', total / (allMs / 1_000), 'points/s');
  report('points missing', total - (await server.count('bench', 'logs')), 'points');
  await writer.stop();
} finally {
  await server.remove();
  rmSync(dir, { recursive: true, force: true });
}
