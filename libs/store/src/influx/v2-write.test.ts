import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginRecord, makeBatch, makeSample, T0 } from '../../test/sample-data.ts';
import { until } from '../../test/servers/process.ts';
import { hasVictoriaMetrics, VictoriaMetrics } from '../../test/servers/victoria-metrics.ts';
import { openInfluxWriter } from './writer.ts';

describe.skipIf(!hasVictoriaMetrics)('the v2 write path (needs victoria-metrics)', () => {
  let server: VictoriaMetrics;
  beforeAll(async () => {
    server = await VictoriaMetrics.create();
  });
  afterAll(async () => {
    await server?.remove();
  });

  it('brings every point to a server that speaks /api/v2/write', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'store-v2-'));
    try {
      const writer = await openInfluxWriter({
        dir,
        url: server.url,
        version: 2,
        database: 'nadir',
        org: 'home',
        auth: { kind: 'token', token: 't' },
        retentionMs: null,
      });
      const records = Array.from({ length: 500 }, (_, i) =>
        loginRecord(i * 80, T0 + i * 1_000_000, `u${i}`, '203.0.113.9'),
      );
      const samples = [1, 2, 3].map((n) => makeSample(T0 + n * 1_000_000, n, 'used'));
      await writer.commit(makeBatch({ records, samples, position: 1 }));
      await until('the queue to empty', () => writer.backlog().pendingBytes === 0);
      expect(writer.backlog()).toEqual({ pendingBytes: 0, rejectedPoints: 0, lastError: null });
      await until('all points to be there', async () => (await server.values('logs_offset')).length === 500);
      expect((await server.values('samples_value')).toSorted()).toEqual([1, 2, 3]);
      await writer.stop();
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
