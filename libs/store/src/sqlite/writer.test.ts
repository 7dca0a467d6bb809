import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runUntilKilled } from '../../test/killed-writer.ts';
import { loginRecord, makeBatch, makeRecord, T0 } from '../../test/sample-data.ts';
import { StoreFullError } from '../port.ts';
import { openSqliteReader } from './reader.ts';
import { openSqliteWriter } from './writer.ts';

const SECOND = 1_000_000;
const KEEP = { ageMs: 1e14, sizeBytes: 1e12 };
const isRoot = process.getuid?.() === 0 && process.platform === 'linux';

describe('the embedded store', () => {
  let dir: string;
  let path: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'store-writer-'));
    path = join(dir, 'data', 'store.db');
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('makes its files for the owner alone', async () => {
    const writer = openSqliteWriter({ path, retention: KEEP });
    await writer.commit(makeBatch({ position: 1 }));
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700);
    await writer.stop();
  });

  it('can be read after the writer is gone', async () => {
    const writer = openSqliteWriter({ path, retention: KEEP, synchronous: 'full' });
    await writer.commit(makeBatch({ records: [makeRecord({ offset: 0, timeUs: T0 })], position: 1 }));
    await writer.stop();
    const reader = openSqliteReader({ path });
    expect(await reader.counts()).toMatchObject({ records: 1 });
    await reader.stop();
  });

  it('refuses a file of a newer version, and one that is no store', async () => {
    await openSqliteWriter({ path, retention: KEEP }).stop();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 999');
    db.close();
    expect(() => openSqliteWriter({ path, retention: KEEP })).toThrow(/newer|upgrade/);
    expect(() => openSqliteReader({ path: join(dir, 'absent.db') })).toThrow();
  });

  it('keeps thousands of lines of one microsecond in their order, and finds them by time', async () => {
    const writer = openSqliteWriter({ path, retention: KEEP });
    const count = 5_000;
    for (let start = 0; start < count; start += 500) {
      const records = Array.from({ length: 500 }, (_, i) => makeRecord({ offset: start + i, timeUs: T0 }));
      await writer.commit(makeBatch({ records, position: start + 500 }));
    }
    const after = makeRecord({ offset: 9_999, timeUs: T0 + 1 });
    await writer.commit(makeBatch({ records: [after], position: 10_000 }));
    const reader = openSqliteReader({ path });
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const query = { fromUs: T0, toUs: T0 + 1, limit: 1_000 };
      const page = await reader.records(cursor === null ? query : { ...query, cursor });
      seen.push(...page.items.map((r) => r.origin.offset));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: count }, (_, i) => count - 1 - i));
    expect((await reader.records({ fromUs: T0 + 1, limit: 10 })).items).toEqual([after]);
    await reader.stop();
    await writer.stop();
  });

  it('takes a line once, whichever batch brings it', async () => {
    const writer = openSqliteWriter({ path, retention: KEEP });
    const record = loginRecord(5, T0, 'root', '203.0.113.9');
    await writer.commit(makeBatch({ records: [record, record], position: 1 }));
    await writer.commit(makeBatch({ records: [record, { ...record, timeUs: T0 + SECOND }], position: 2 }));
    const reader = openSqliteReader({ path });
    expect((await reader.records({ text: 'root', limit: 10 })).items).toEqual([record]);
    expect(await reader.counts()).toMatchObject({ records: 1 });
    await reader.stop();
    await writer.stop();
  });

  it('leaves nothing of a batch that fails, and takes it again', async () => {
    const writer = openSqliteWriter({ path, retention: KEEP });
    const good = loginRecord(1, T0, 'root', '203.0.113.9', 'new-host');
    const bad = { ...loginRecord(2, T0, 'root', '203.0.113.9'), raw: null as unknown as string, event: null };
    await expect(writer.commit(makeBatch({ records: [good, bad], position: 5 }))).rejects.toThrow();
    expect(await writer.checkpoint()).toBeNull();
    await writer.commit(makeBatch({ records: [good], position: 5 }));
    const reader = openSqliteReader({ path });
    expect((await reader.records({ host: 'new-host', limit: 10 })).items).toEqual([good]);
    await reader.stop();
    await writer.stop();
  });

  it('agrees with its position after SIGKILL at any moment', async () => {
    for (let round = 0; round < 3; round += 1) {
      const committed = await runUntilKilled('sqlite', path, 5 + round * 7);
      const writer = openSqliteWriter({ path, retention: KEEP });
      const position = (await writer.checkpoint())?.position ?? 0;
      expect(position).toBeGreaterThanOrEqual(committed);
      await writer.stop();
      const reader = openSqliteReader({ path });
      expect(await reader.counts()).toMatchObject({ records: position });
      const db = new DatabaseSync(path, { readOnly: true });
      expect(db.prepare('SELECT count(*) AS n FROM record').get()?.n).toBe(position);
      expect(
        db.prepare("SELECT count(*) AS n FROM line_index WHERE line_index MATCH 'failed'").get()?.n,
      ).toBe(position);
      expect(db.prepare('PRAGMA integrity_check').get()?.integrity_check).toBe('ok');
      db.close();
      await reader.stop();
    }
  });

  it.skipIf(!isRoot)(
    'goes on for ever on a disk that is smaller than its size limit (needs root for a tmpfs)',
    async () => {
      const mount = join(dir, 'small');
      mkdirSync(mount);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', mount]);
      try {
        const writer = openSqliteWriter({
          path: join(mount, 'store.db'),
          retention: { ageMs: 1e14, sizeBytes: 1e12 },
        });
        try {
          let dropped = 0;
          for (let start = 0; start < 140_000; start += 1_000) {
            const records = Array.from({ length: 1_000 }, (_, i) =>
              loginRecord(start + i, T0 + (start + i) * SECOND, `user${start + i}`, '203.0.113.9'),
            );
            await writer.commit(makeBatch({ records, position: start + 1_000 }));
            dropped += (await writer.retain(T0)).recordsDropped;
          }
          expect(dropped).toBeGreaterThan(20_000);
          expect(dropped).toBeLessThan(130_000);
        } finally {
          await writer.stop();
        }
      } finally {
        execFileSync('umount', ['-l', mount]);
      }
    },
  );

  it.skipIf(!isRoot)(
    'on a full disk keeps nothing of the batch, and goes on once there is room (needs root for a tmpfs)',
    async () => {
      const mount = join(dir, 'small');
      mkdirSync(mount);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mount]);
      try {
        const full = join(mount, 'store.db');
        const writer = openSqliteWriter({ path: full, retention: { ageMs: 1e14, sizeBytes: 1_000_000 } });
        try {
          let position = 0;
          const batchAt = (start: number) =>
            makeBatch({
              records: Array.from({ length: 500 }, (_, i) =>
                loginRecord(start + i, T0 + (start + i) * SECOND, `user${start + i}`, '203.0.113.9'),
              ),
              position: start + 500,
            });
          let failure: unknown;
          while (failure === undefined && position < 100_000) {
            await writer.commit(batchAt(position)).then(
              () => {
                position += 500;
              },
              (error: unknown) => {
                failure = error;
              },
            );
          }
          expect(failure).toBeInstanceOf(StoreFullError);
          expect((await writer.checkpoint())?.position).toBe(position);
          const reader = openSqliteReader({ path: full });
          expect(await reader.counts()).toMatchObject({ records: position });
          const { recordsDropped } = await writer.retain(T0);
          expect(await reader.counts()).toMatchObject({ records: position - recordsDropped });
          execFileSync('mount', ['-o', 'remount,size=32m', mount]);
          await writer.commit(batchAt(position));
          expect(await reader.counts()).toMatchObject({ records: position - recordsDropped + 500 });
          await reader.stop();
        } finally {
          await writer.stop();
        }
      } finally {
        execFileSync('umount', ['-l', mount]);
      }
    },
  );
});
