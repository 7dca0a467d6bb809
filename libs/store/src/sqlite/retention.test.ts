import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  loginRecord,
  makeBatch,
  makeDetection,
  makeIncident,
  makeSample,
  T0,
} from '../../test/sample-data.ts';
import { openSqliteReader } from './reader.ts';
import { openSqliteWriter } from './writer.ts';

const SECOND = 1_000_000;

describe('retention of the embedded store', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'store-retention-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  async function filled(ageMs: number, sizeBytes: number, count: number) {
    const path = join(dir, 'store.db');
    const writer = openSqliteWriter({ path, retention: { ageMs, sizeBytes } });
    for (let start = 0; start < count; start += 1_000) {
      const records = Array.from({ length: 1_000 }, (_, i) =>
        loginRecord((start + i) * 90, T0 + (start + i) * SECOND, `user${start + i}`, '203.0.113.9'),
      );
      await writer.commit(makeBatch({ records, position: start + 1_000 }));
    }
    return { writer, reader: openSqliteReader({ path }) };
  }

  it('drops what is older than the age, its words too, and keeps the counts per minute', async () => {
    const { writer, reader } = await filled(1_000_000, 1e12, 5_000);
    await writer.commit(
      makeBatch({
        position: 6_000,
        samples: [makeSample(T0, 1, 'used'), makeSample(T0 + 4_500 * SECOND, 2, 'used')],
        detections: [makeDetection('old', 1, T0), makeDetection('new', 1, T0 + 4_500 * SECOND)],
        incidents: [makeIncident('old', 1, T0), makeIncident('new', 1, T0 + 4_500 * SECOND)],
      }),
    );
    const { recordsDropped } = await writer.retain(T0 + 5_000 * SECOND);
    expect(recordsDropped).toBe(4_000);
    expect((await reader.incidents({ host: 'pi1', limit: 5 })).items.map(({ id }) => id)).toEqual(['new']);
    expect(await reader.incident('old')).toBeNull();
    expect(await reader.counts()).toMatchObject({ records: 1_000, detections: 1 });
    expect((await reader.records({ text: 'user3999', limit: 5 })).items).toEqual([]);
    expect((await reader.records({ user: 'user10', limit: 5 })).items).toEqual([]);
    expect((await reader.records({ text: 'user4000', limit: 5 })).items).toHaveLength(1);
    expect(
      (await reader.samples({ host: 'pi1', name: 'system.memory.usage', limit: 9 })).map((s) => s.value),
    ).toEqual([2]);
    expect(await reader.detection('old')).toBeNull();
    const rate = await reader.rate({ bucketUs: 60 * SECOND });
    expect(rate.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(5_000);
    expect((await writer.retain(T0 + 5_000 * SECOND)).recordsDropped).toBe(0);
    await reader.stop();
    await writer.stop();
  });

  it('drops the oldest until the pages in use fit the size, while commits go on', async () => {
    const limit = 3 * 1024 * 1024;
    const { writer, reader } = await filled(1e14, limit, 10_000);
    const before = (await reader.counts()).sizeBytes;
    expect(before).toBeGreaterThan(limit);
    const retaining = writer.retain(T0);
    const late = loginRecord(2 ** 40, T0 + 20_000 * SECOND, 'late', '203.0.113.1');
    await writer.commit(makeBatch({ records: [late], position: 99_999 }));
    const { recordsDropped, sizeBytes } = await retaining;
    expect(sizeBytes).toBeLessThanOrEqual(limit);
    expect(recordsDropped).toBeGreaterThan(1_000);
    expect(recordsDropped).toBeLessThan(9_500);
    const { items } = await reader.records({ limit: 1_000 });
    expect(items[0]).toEqual(late);
    expect((await reader.records({ text: 'user9999', limit: 5 })).items).toHaveLength(1);
    expect((await reader.records({ text: 'user0', limit: 5 })).items).toEqual([]);
    await reader.stop();
    await writer.stop();
  });
});
