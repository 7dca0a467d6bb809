import { type InfluxWriterOptions, openStoreWriter, type StoreSpec } from '../src/index.ts';
import { loginRecord, makeBatch, T0 } from './sample-data.ts';

/** Commits from the checkpoint on, and prints each position that is durable. Position = records so far. */
const [kind, target] = process.argv.slice(2) as ['sqlite' | 'influx', string];
const spec: StoreSpec =
  kind === 'sqlite'
    ? { kind, path: target, retention: { ageMs: 1e14, sizeBytes: 1e12 } }
    : { kind, ...(JSON.parse(target) as InfluxWriterOptions) };

const writer = await openStoreWriter(spec);
let position = (await writer.checkpoint())?.position ?? 0;
for (;;) {
  const records = Array.from({ length: 200 }, (_, i) =>
    loginRecord(
      (position + i) * 80,
      T0 + Math.floor((position + i) / 7) * 1_000_000,
      `u${position + i}`,
      '203.0.113.9',
    ),
  );
  position += records.length;
  await writer.commit(makeBatch({ records, position }));
  process.stdout.write(`${position}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
