import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runUntilKilled } from '../../test/killed-writer.ts';
import { loginRecord, makeBatch, makeDetection, makeRecord, T0 } from '../../test/sample-data.ts';
import { hasInfluxd, Influxd } from '../../test/servers/influxd.ts';
import { until } from '../../test/servers/process.ts';
import { testStoreReachable } from '../open.ts';
import type { StoreBatch } from '../port.ts';
import type { InfluxConnection } from './connection.ts';
import { openInfluxReader } from './reader.ts';
import { type InfluxWriterOptions, openInfluxWriter } from './writer.ts';

const SECOND = 1_000_000;

describe.skipIf(!hasInfluxd)('the InfluxDB store when things go wrong (needs influxd)', () => {
  let server: Influxd;
  let connection: InfluxConnection;
  let database: string;
  let dir: string;
  let databases = 0;

  beforeAll(async () => {
    server = await Influxd.create();
  });
  afterAll(async () => {
    await server?.remove();
  });
  beforeEach(async () => {
    databases += 1;
    database = `bad${databases}`;
    connection = await server.createDatabase(database);
    dir = mkdtempSync(join(tmpdir(), 'store-outage-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  function options(more: Partial<InfluxWriterOptions> = {}): InfluxWriterOptions {
    return {
      ...connection,
      dir,
      retentionMs: null,
      fsync: { intervalMs: 100 },
      firstRetryMs: 10,
      maxRetryMs: 100,
      ...more,
    };
  }

  /** A minute of the log's clock: 100 lines. */
  function minute(n: number): StoreBatch {
    const records = Array.from({ length: 100 }, (_, i) =>
      loginRecord(
        (n * 100 + i) * 85,
        T0 + (n * 60 + Math.floor(i * 0.6)) * SECOND,
        `u${i}`,
        '203.0.113.9',
        `pi${i % 3}`,
      ),
    );
    return makeBatch({
      records,
      detections: [makeDetection(`d${n}`, 1, T0 + n * 60 * SECOND)],
      position: n + 1,
    });
  }

  it('loses and doubles nothing when the server is down for an hour of the log', async () => {
    const writer = await openInfluxWriter(options());
    const empty = () => writer.backlog().pendingBytes === 0;
    for (let n = 0; n < 30; n += 1) await writer.commit(minute(n));
    await until('the first half to be written', empty);
    await server.kill();
    for (let n = 30; n < 90; n += 1) await writer.commit(minute(n));
    await until('the failure to be told', () => writer.backlog().lastError !== null);
    expect(writer.backlog().pendingBytes).toBeGreaterThan(0);
    expect((await testStoreReachable({ kind: 'influx', ...options() })).ok).toBe(false);
    await server.start();
    for (let n = 90; n < 100; n += 1) await writer.commit(minute(n));
    await until('the queue to empty', empty);
    expect(writer.backlog()).toEqual({ pendingBytes: 0, rejectedPoints: 0, lastError: null });
    expect(await server.count(database, 'logs')).toBe(10_000);
    expect(await server.count(database, 'detections')).toBe(100);
    const rate = await openInfluxReader(connection).rate({ bucketUs: 60 * SECOND });
    expect(rate).toHaveLength(100);
    expect(rate.every((bucket) => bucket.count === 100)).toBe(true);
    await writer.stop();
  });

  it('ships after a restart what the queue kept', async () => {
    await server.kill();
    const first = await openInfluxWriter(options());
    for (let n = 0; n < 5; n += 1) await first.commit(minute(n));
    await first.stop();
    const second = await openInfluxWriter(options());
    expect(await second.checkpoint()).toEqual({ position: 5, state: null });
    await second.commit(minute(4));
    await server.start();
    await until('the queue to empty', () => second.backlog().pendingBytes === 0);
    expect(await server.count(database, 'logs')).toBe(500);
    await second.stop();
  });

  it('writes the same points when the whole log is replayed into a new queue', async () => {
    for (const queue of ['one', 'two']) {
      const writer = await openInfluxWriter(options({ dir: join(dir, queue) }));
      for (let n = 0; n < 5; n += 1) await writer.commit(minute(n));
      await until('the queue to empty', () => writer.backlog().pendingBytes === 0);
      expect(await server.count(database, 'logs')).toBe(500);
      expect(await server.count(database, 'detections')).toBe(5);
      await writer.stop();
    }
  });

  it('has exactly what was committed after SIGKILL while shipping', async () => {
    const spec = JSON.stringify(options());
    let committed = 0;
    for (let round = 0; round < 3; round += 1)
      committed = await runUntilKilled('influx', spec, 6 + round * 5);
    const writer = await openInfluxWriter(options());
    const position = (await writer.checkpoint())?.position ?? 0;
    expect(position).toBeGreaterThanOrEqual(committed);
    await until('the queue to empty', () => writer.backlog().pendingBytes === 0);
    expect(await server.count(database, 'logs')).toBe(position);
    await writer.stop();
  });

  it('counts and tells the points that the server refuses for good, and writes the others', async () => {
    await server.query(`ALTER RETENTION POLICY "autogen" ON "${database}" DURATION 1h SHARD DURATION 1h`);
    const refused: number[] = [];
    const writer = await openInfluxWriter(options({ onRefused: ({ points }) => refused.push(points) }));
    const nowUs = Date.now() * 1_000;
    const records = [
      makeRecord({ offset: 0, timeUs: nowUs }),
      makeRecord({ offset: 10, timeUs: T0 - 10 * 365 * 86_400 * SECOND }),
      makeRecord({ offset: 20, timeUs: nowUs - SECOND }),
    ];
    await writer.commit(makeBatch({ records, position: 1 }));
    await until('the queue to empty', () => writer.backlog().pendingBytes === 0);
    expect(writer.backlog().rejectedPoints).toBe(1);
    expect(refused).toEqual([1]);
    expect(writer.backlog().lastRefusal).toContain('retention policy');
    expect(await server.count(database, 'logs')).toBe(2);
    await writer.stop();
  });

  it('waits for the operator when the password is wrong, and says so', async () => {
    const auth = { kind: 'password', username: 'admin', password: 'wrong' } as const;
    const writer = await openInfluxWriter(options({ auth }));
    await writer.commit(minute(0));
    await until('the failure to be told', () => writer.backlog().lastError !== null);
    expect(writer.backlog().rejectedPoints).toBe(0);
    expect(writer.backlog().lastError).not.toContain('wrong');
    await writer.stop();
    const reachable = await testStoreReachable({ kind: 'influx', ...options({ auth }) });
    expect(reachable).toEqual({ ok: false, reason: expect.stringContaining('401') });
    expect(await testStoreReachable({ kind: 'influx', ...options() })).toEqual({ ok: true });
  });

  it('stops at once while a server keeps it waiting, and ships the rest next time', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const writer = await openInfluxWriter(options({ url: `http://127.0.0.1:${port}` }));
    const asked = new Promise((resolve) => silent.once('connection', resolve));
    await writer.commit(minute(0));
    await asked;
    const before = performance.now();
    await writer.stop();
    expect(performance.now() - before).toBeLessThan(5_000);
    silent.closeAllConnections();
    silent.close();
    const next = await openInfluxWriter(options());
    await until('the queue to empty', () => next.backlog().pendingBytes === 0);
    expect(await server.count(database, 'logs')).toBe(100);
    await next.stop();
  });

  it("sets the age limit as the database's retention policy", async () => {
    const writer = await openInfluxWriter(options({ retentionMs: 30 * 86_400_000 }));
    await writer.retain(T0);
    const { results } = await server.query(`SHOW RETENTION POLICIES ON "${database}"`);
    expect(results[0]?.series?.[0]?.values[0]?.[1]).toBe('720h0m0s');
    await writer.stop();
  });

  it('refuses a batch when the queue is full, keeps what it has, and takes more once it is shipped', async () => {
    await server.kill();
    const writer = await openInfluxWriter(options({ queueBytes: 40 * 1024 * 1024 }));
    const wide = (n: number) =>
      makeBatch({
        records: Array.from({ length: 100 }, (_, i) =>
          makeRecord({ offset: n * 1_000 + i, timeUs: T0 + n * SECOND, raw: 'x'.repeat(50_000) }),
        ),
        position: n + 1,
      });
    let taken = 0;
    let failure: unknown;
    while (failure === undefined && taken < 100) {
      await writer.commit(wide(taken)).then(
        () => {
          taken += 1;
        },
        (error: unknown) => {
          failure = error;
        },
      );
    }
    expect(failure).toMatchObject({ code: 'STORE_FULL' });
    expect((await writer.checkpoint())?.position).toBe(taken);
    await server.start();
    await until('room in the queue', () => writer.commit(wide(taken)).then(() => true));
    await until('the queue to empty', () => writer.backlog().pendingBytes === 0);
    expect(await server.count(database, 'logs')).toBe((taken + 1) * 100);
    await writer.stop();
  });
});
