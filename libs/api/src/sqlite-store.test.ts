import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteReader, openSqliteWriter } from '@suite/store';
import { afterEach, expect, it } from 'vitest';
import { AUTH, detection, NOW_US, record, sample, testApi } from '../test/fixture.ts';
import { detectionPageSchema, nodeListSchema, recordPageSchema, summarySchema } from './contract.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

it('answers out of the embedded store: search, pages, rate, nodes, detections', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'api-store-'));
  cleanups.push(() => rm(dir, { recursive: true, force: true }));
  const path = join(dir, 'store.sqlite');
  const writer = openSqliteWriter({ path, retention: { ageMs: 86_400_000_000, sizeBytes: 1e9 } });
  cleanups.push(() => writer.stop());
  const lines = ['Failed password for root', 'Failed password for anna', 'session opened for anna'];
  await writer.commit({
    records: lines.map((raw, index) => record(raw, index)),
    samples: [sample('system.memory.utilization', 0.5, { 'system.memory.state': 'used' })],
    detections: [detection()],
    incidents: [],
    nodes: [
      {
        agent: 'pi1',
        host: 'pi1',
        version: 'tom 0.1.0',
        firstSeenUs: NOW_US,
        lastSeenUs: NOW_US,
        linesTotal: 3,
        lostBytes: 0,
      },
    ],
    position: 3,
  });
  const reader = openSqliteReader({ path });
  cleanups.push(() => reader.stop());
  const { app } = await testApi({ reader });
  cleanups.push(() => app.close());
  const get = async (url: string) => (await app.inject({ url, headers: AUTH })).json();

  const first = recordPageSchema.parse(await get('/api/v1/events?text=fail*&limit=1'));
  expect(first.items.map((item) => item.raw)).toEqual([lines[1]]);
  const second = recordPageSchema.parse(await get(`/api/v1/events?text=fail*&limit=1&cursor=${first.next}`));
  expect(second.items.map((item) => item.raw)).toEqual([lines[0]]);
  expect(recordPageSchema.parse(await get('/api/v1/events?action=ssh_login')).items).toHaveLength(3);
  expect(
    recordPageSchema.parse(await get('/api/v1/events?sourceAddress=203.0.113.7&host=pi1')).items,
  ).toHaveLength(3);
  const broken = await app.inject({ url: '/api/v1/events?text=%22(AND*%00&cursor=nonsense', headers: AUTH });
  expect(broken.statusCode).toBeLessThan(500);

  expect(detectionPageSchema.parse(await get('/api/v1/detections')).items[0]).toMatchObject({
    id: 'd1',
    evidenceCount: 7,
  });
  expect(nodeListSchema.parse(await get('/api/v1/nodes')).items[0]).toMatchObject({
    state: 'ok',
    vitals: { memoryUsed: 0.5 },
  });
  const summary = summarySchema.parse(await get('/api/v1/summary'));
  expect(summary.rate.buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(3);
  expect(summary.counts).toMatchObject({ records: 3, detections: 1 });
});
