import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBatch, makeRecord, T0 } from '../test/sample-data.ts';
import { openStoreReader, openStoreWriter, type StoreSpec, testStoreReachable } from './open.ts';

const KEEP = { ageMs: 1e14, sizeBytes: 1e12 };

describe('a store by its description', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'store-open-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is opened for writing and for reading', async () => {
    const spec: StoreSpec = { kind: 'sqlite', path: join(dir, 'a', 'store.db'), retention: KEEP };
    expect(await testStoreReachable(spec)).toEqual({ ok: true });
    const writer = await openStoreWriter(spec);
    await writer.commit(makeBatch({ records: [makeRecord({ offset: 0, timeUs: T0 })], position: 1 }));
    const reader = await openStoreReader(spec);
    expect(await reader.counts()).toMatchObject({ records: 1 });
    expect(await testStoreReachable(spec)).toEqual({ ok: true });
    await reader.stop();
    await writer.stop();
  });

  it('says why it cannot be reached', async () => {
    writeFileSync(join(dir, 'file'), '');
    const inFile: StoreSpec = { kind: 'sqlite', path: join(dir, 'file', 'store.db'), retention: KEEP };
    expect((await testStoreReachable(inFile)).ok).toBe(false);
    const influx: StoreSpec = {
      kind: 'influx',
      dir,
      url: 'http://127.0.0.1:9',
      version: 1,
      database: 'x',
      auth: { kind: 'none' },
      retentionMs: null,
    };
    expect((await testStoreReachable(influx)).ok).toBe(false);
    const brokenAnswer = async () => new Response('<html>', { status: 502 });
    expect(await testStoreReachable({ ...influx, fetch: brokenAnswer })).toEqual({
      ok: false,
      reason: 'InfluxDB answered 502: <html>',
    });
  });
});
