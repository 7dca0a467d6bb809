import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { storeConformance } from '../../test/conformance.ts';
import { hasInfluxd, Influxd } from '../../test/servers/influxd.ts';
import { until } from '../../test/servers/process.ts';
import { openInfluxReader } from './reader.ts';
import { openInfluxWriter } from './writer.ts';

describe.skipIf(!hasInfluxd)('against a real InfluxDB 1.x (needs influxd)', () => {
  let server: Influxd;
  let databases = 0;

  beforeAll(async () => {
    server = await Influxd.create();
  });

  afterAll(async () => {
    await server?.remove();
  });

  storeConformance('the InfluxDB store', async () => {
    databases += 1;
    const connection = await server.createDatabase(`db${databases}`);
    const dir = mkdtempSync(join(tmpdir(), 'store-influx-'));
    return {
      openWriter: () =>
        openInfluxWriter({ ...connection, dir, retentionMs: null, fsync: { intervalMs: 100 } }),
      openReader: async () => openInfluxReader(connection),
      settled: (writer) => until('the queue to empty', () => writer.backlog().pendingBytes === 0),
      remove: async () => rmSync(dir, { recursive: true, force: true }),
      rawLimitBytes: 64_000,
    };
  });
});
