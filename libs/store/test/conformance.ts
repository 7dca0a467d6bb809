import type { LogRecord } from '@suite/event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page, RecordQuery, StoreReader, StoreWriter } from '../src/index.ts';
import {
  loginRecord,
  makeBatch,
  makeDetection,
  makeIncident,
  makeNode,
  makeRecord,
  makeSample,
  T0,
} from './sample-data.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

/** One store of the adapter under test, empty at first. */
export interface StoreUnderTest {
  openWriter(): Promise<StoreWriter>;
  openReader(): Promise<StoreReader>;
  /** Resolves when what was committed can be read. */
  settled(writer: StoreWriter): Promise<void>;
  /** Ends all that the store needs. */
  remove(): Promise<void>;
  /** Bytes of a raw line that are kept. */
  readonly rawLimitBytes: number;
}

/** What every adapter of the store's port must do. */
export function storeConformance(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the store's promises`, () => {
    let store: StoreUnderTest;
    let writer: StoreWriter;
    let reader: StoreReader;

    beforeEach(async () => {
      store = await create();
      writer = await store.openWriter();
      reader = await store.openReader();
    });

    afterEach(async () => {
      await reader?.stop();
      await writer?.stop();
      await store?.remove();
    });

    async function commit(parts: Parameters<typeof makeBatch>[0]): Promise<void> {
      await writer.commit(makeBatch(parts));
      await store.settled(writer);
    }

    async function all(query: Omit<RecordQuery, 'limit'>, limit: number): Promise<LogRecord[]> {
      const items: LogRecord[] = [];
      let page: Page<LogRecord> | null = null;
      do {
        const cursor: string | null | undefined = page?.next;
        page = await reader.records({ ...query, limit, ...(cursor == null ? {} : { cursor }) });
        items.push(...page.items);
      } while (page.next !== null && items.length < 10_000);
      return items;
    }

    it('answers every query of an empty store', async () => {
      expect(await writer.checkpoint()).toBeNull();
      expect(await reader.records({ limit: 10 })).toEqual({ items: [], next: null });
      expect(await reader.detections({ limit: 10 })).toEqual({ items: [], next: null });
      expect(await reader.detection('nothing')).toBeNull();
      expect(await reader.incidents({ limit: 10 })).toEqual({ items: [], next: null });
      expect(await reader.incident('nothing')).toBeNull();
      expect(await reader.rate({ bucketUs: MINUTE })).toEqual([]);
      expect(await reader.nodes()).toEqual([]);
      expect(await reader.latestSamples(T0, MINUTE)).toEqual([]);
      expect(await reader.samples({ host: 'pi1', name: 'x', limit: 5 })).toEqual([]);
      expect(await reader.counts()).toMatchObject({ records: 0, detections: 0 });
    });

    it('gives records back as they came, newest first', async () => {
      const records = [
        loginRecord(0, T0, 'root', '203.0.113.9'),
        loginRecord(100, T0 + SECOND + 1_500, 'alice', '2001:db8::1'),
        makeRecord({ offset: 7, timeUs: T0 + 2 * SECOND, line: 12, raw: '', event: null }),
        makeRecord({
          offset: 2 ** 47,
          timeUs: T0 + 3 * SECOND + 1,
          raw: '{"a":1}',
          event: { 'x.own': true, n: -1.5, s: 'a\u2028"\\', message: 'not in the line' },
        }),
      ];
      await commit({ records, position: 10 });
      expect((await reader.records({ limit: 10 })).items).toEqual(records.toReversed());
    });

    it('keeps hostile text as it is', async () => {
      const texts = [
        `quotes ' " \` and \\ and \\" and \\\\`,
        'line\nfeed\r\nand tab\t',
        'NUL \0 in the middle',
        '\u001b[31mred\u001b[0m \u0007',
        '😀 emoji, ünïcode, \u202e reversed, \ufeff',
        "'; DROP MEASUREMENT logs; --",
        'a,b=c d="e" 123i',
        'ends with a backslash \\',
        ' ',
      ];
      const records = texts.map((raw, i) =>
        makeRecord({
          offset: i * 10,
          timeUs: T0 + i * SECOND,
          raw,
          host: `h ${raw}`.slice(0, 60),
          path: `/tmp/${raw}`,
          event: {
            'user.name': raw,
            'process.name': raw,
            'event.action': raw,
            'source.address': raw,
            message: raw,
          },
        }),
      );
      await commit({ records, position: 1 });
      expect(await all({}, 4)).toEqual(records.toReversed());
      for (const [i, raw] of texts.entries()) {
        const expected = [records[i]];
        expect((await reader.records({ user: raw, limit: 10 })).items, `user ${i}`).toEqual(expected);
        expect((await reader.records({ program: raw, limit: 10 })).items, `program ${i}`).toEqual(expected);
        expect((await reader.records({ action: raw, limit: 10 })).items, `action ${i}`).toEqual(expected);
        expect((await reader.records({ sourceAddress: raw, limit: 10 })).items, `address ${i}`).toEqual(
          expected,
        );
        expect((await reader.records({ path: `/tmp/${raw}`, limit: 10 })).items, `path ${i}`).toEqual(
          expected,
        );
        expect(
          (await reader.records({ host: `h ${raw}`.slice(0, 60), limit: 10 })).items,
          `host ${i}`,
        ).toEqual(expected);
      }
    });

    it('keeps a line of 1 MiB up to its limit, and its neighbours whole', async () => {
      const long = makeRecord({ offset: 0, timeUs: T0, raw: `needle ${'ä'.repeat(512 * 1024)}` });
      const short = makeRecord({ offset: 2 ** 21, timeUs: T0 + SECOND, raw: 'short' });
      await commit({ records: [long, short], position: 1 });
      const { items } = await reader.records({ limit: 10 });
      expect(items[0]).toEqual(short);
      const kept = items[1]!.raw;
      expect(long.raw.startsWith(kept)).toBe(true);
      expect(Buffer.byteLength(kept)).toBeGreaterThanOrEqual(
        Math.min(store.rawLimitBytes, Buffer.byteLength(long.raw)) - 3,
      );
      expect((await reader.records({ text: 'needle', limit: 10 })).items).toHaveLength(1);
    });

    it('pages through records of one time without losing or doubling any', async () => {
      const records = Array.from({ length: 57 }, (_, i) =>
        loginRecord(i * 80, T0 + Math.floor(i / 20) * SECOND, `u${i}`, '203.0.113.9', `pi${i % 3}`),
      );
      await commit({ records, position: 1 });
      const seen = await all({}, 5);
      expect(seen).toHaveLength(57);
      expect(new Set(seen.map((r) => r.id)).size).toBe(57);
      expect(seen.map((r) => r.timeUs)).toEqual(seen.map((r) => r.timeUs).toSorted((a, b) => b - a));
      expect((await all({ host: 'pi1' }, 4)).map((r) => r.id)).toHaveLength(19);
    });

    it('finds by time, inclusive below and exclusive above', async () => {
      const records = [0, 1, 2, 3].map((i) => makeRecord({ offset: i, timeUs: T0 + i * SECOND }));
      await commit({ records, position: 1 });
      const found = await all({ fromUs: T0 + SECOND, toUs: T0 + 3 * SECOND }, 10);
      expect(found.map((r) => r.origin.offset)).toEqual([2, 1]);
    });

    it('finds words, parts of paths, addresses, prefixes and phrases', async () => {
      const lines = [
        'Failed password for root from 203.0.113.9 port 22',
        'Accepted publickey for alice from 203.0.113.90 port 22',
        'open /etc/passwd: Permission denied.',
        'pam_unix(sshd:auth): authentication failure; user=bob',
      ];
      await commit({
        records: lines.map((raw, i) => makeRecord({ offset: i, timeUs: T0 + i * SECOND, raw })),
        position: 1,
      });
      const search = async (text: string) =>
        (await reader.records({ text, limit: 10 })).items.map((r) => r.origin.offset).sort();
      expect(await search('FAILED')).toEqual([0]);
      expect(await search('203.0.113.9')).toEqual([0]);
      expect(await search('203.0.113.9*')).toEqual([0, 1]);
      expect(await search('passwd')).toEqual([2]);
      expect(await search('/etc/passwd')).toEqual([2]);
      expect(await search('denied')).toEqual([2]);
      expect(await search('pam_unix user=bob')).toEqual([3]);
      expect(await search('"password for root"')).toEqual([0]);
      expect(await search('"root for password"')).toEqual([]);
      expect(await search('pass*')).toEqual([0, 2]);
      expect(await search('pass')).toEqual([]);
      expect(await search('port root')).toEqual([0]);
    });

    it('takes any text as a search without an error', async () => {
      await commit({ records: [makeRecord({ offset: 0, timeUs: T0, raw: 'plain words' })], position: 1 });
      const texts = [
        '"',
        '""',
        '*',
        '(',
        ')',
        'AND',
        'NOT',
        'a OR',
        'NEAR(a b)',
        'raw:x',
        '^a',
        '-',
        "'",
        '\\',
        '/',
        '\0',
        '\ud800',
        'a"b',
        '"a* b"*',
        '{raw}',
        'x'.repeat(5_000),
        '. '.repeat(900),
        'a '.repeat(500),
        '[',
        '?',
        '+',
        '$',
        "' OR 1=1 --",
      ];
      for (const text of texts) {
        await expect(
          reader.records({ text, limit: 3, cursor: text }),
          JSON.stringify(text),
        ).resolves.toBeDefined();
        await expect(reader.records({ user: text, host: text, limit: 3 })).resolves.toEqual({
          items: [],
          next: null,
        });
        await expect(
          reader.detections({ rule: text, host: text, limit: 3, cursor: text }),
        ).resolves.toBeDefined();
        await expect(reader.detection(text)).resolves.toBeNull();
        await expect(
          reader.incidents({ host: text, address: text, user: text, limit: 3, cursor: text }),
        ).resolves.toEqual({ items: [], next: null });
        await expect(reader.incident(text)).resolves.toBeNull();
        await expect(reader.rate({ bucketUs: MINUTE, host: text })).resolves.toEqual([]);
        await expect(reader.samples({ host: text, name: text, limit: 1 })).resolves.toEqual([]);
      }
    });

    it('combines filters', async () => {
      const records = [
        loginRecord(0, T0, 'root', '203.0.113.9', 'pi1'),
        loginRecord(1, T0 + SECOND, 'root', '203.0.113.8', 'pi1'),
        loginRecord(2, T0 + 2 * SECOND, 'alice', '203.0.113.9', 'pi2'),
      ];
      await commit({ records, position: 1 });
      const find = async (query: Omit<RecordQuery, 'limit'>) =>
        (await all(query, 10)).map((r) => r.origin.offset);
      expect(await find({ user: 'root', sourceAddress: '203.0.113.9' })).toEqual([0]);
      expect(await find({ action: 'ssh_login', outcome: 'failure', program: 'sshd', host: 'pi1' })).toEqual([
        1, 0,
      ]);
      expect(await find({ path: '/var/log/pi2/auth.log', text: 'alice' })).toEqual([2]);
      expect(await find({ action: 'ssh_login', outcome: 'success' })).toEqual([]);
    });

    it('changes nothing when a batch comes again', async () => {
      const batch = {
        records: Array.from({ length: 30 }, (_, i) => loginRecord(i, T0 + i * 1_000, 'root', '203.0.113.9')),
        samples: [makeSample(T0, 1.25, 'used')],
        detections: [makeDetection('d1', 1, T0)],
        nodes: [makeNode('agent-1', T0, 5)],
        position: 100,
      };
      for (let i = 0; i < 3; i += 1) await commit(batch);
      await commit({ ...batch, position: 50 });
      expect(await reader.counts()).toMatchObject({ records: 30, detections: 1 });
      expect(await reader.rate({ bucketUs: MINUTE })).toEqual([{ startUs: T0, count: 30 }]);
      expect(await all({}, 7)).toHaveLength(30);
      expect(await reader.samples({ host: 'pi1', name: 'system.memory.usage', limit: 10 })).toHaveLength(1);
    });

    it('takes a detection that comes with an old position', async () => {
      await commit({ records: [makeRecord({ offset: 0, timeUs: T0 })], position: 100 });
      await commit({ detections: [makeDetection('late', 1, T0)], position: 90 });
      expect(await reader.detection('late')).toEqual(makeDetection('late', 1, T0));
      expect((await writer.checkpoint())?.position).toBe(100);
    });

    it('counts records per bucket and host', async () => {
      const at = [0, 1, 59, 60, 61, 200];
      const records = at.map((s, i) =>
        makeRecord({ offset: i, timeUs: T0 + s * SECOND, host: i % 2 === 0 ? 'pi1' : 'pi2' }),
      );
      await commit({ records, position: 1 });
      expect(await reader.rate({ bucketUs: MINUTE })).toEqual([
        { startUs: T0, count: 3 },
        { startUs: T0 + MINUTE, count: 2 },
        { startUs: T0 + 3 * MINUTE, count: 1 },
      ]);
      expect(await reader.rate({ bucketUs: MINUTE, host: 'pi2' })).toEqual([
        { startUs: T0, count: 1 },
        { startUs: T0 + MINUTE, count: 1 },
        { startUs: T0 + 3 * MINUTE, count: 1 },
      ]);
      expect(await reader.rate({ bucketUs: MINUTE, fromUs: T0 + SECOND, toUs: T0 + 61 * SECOND })).toEqual([
        { startUs: T0, count: 2 },
        { startUs: T0 + MINUTE, count: 1 },
      ]);
      expect(await reader.rate({ bucketUs: 10 * SECOND, fromUs: T0, toUs: T0 + MINUTE })).toEqual([
        { startUs: T0, count: 2 },
        { startUs: T0 + 50 * SECOND, count: 1 },
      ]);
      expect((await reader.rate({ bucketUs: 60 * MINUTE }))[0]).toEqual({ startUs: T0, count: 6 });
    });

    it('keeps every version of a detection and shows the newest', async () => {
      await commit({
        detections: [makeDetection('a', 1, T0), makeDetection('b', 1, T0 + SECOND, 'low')],
        position: 1,
      });
      await commit({ detections: [makeDetection('a', 3, T0 + 5 * SECOND, 'critical')], position: 2 });
      await commit({ detections: [makeDetection('a', 2, T0 + 2 * SECOND)], position: 3 });
      const newest = makeDetection('a', 3, T0 + 5 * SECOND, 'critical');
      const other = makeDetection('b', 1, T0 + SECOND, 'low');
      expect(await reader.detection('a')).toEqual(newest);
      expect(await reader.detections({ limit: 10 })).toEqual({ items: [newest, other], next: null });
      const first = await reader.detections({ limit: 1 });
      expect(first.items).toEqual([newest]);
      expect(await reader.detections({ limit: 1, cursor: first.next! })).toEqual({
        items: [other],
        next: null,
      });
      expect((await reader.detections({ minLevel: 'high', limit: 5 })).items).toEqual([newest]);
      expect((await reader.detections({ toUs: T0 + 3 * SECOND, limit: 5 })).items).toEqual([other]);
      expect((await reader.detections({ fromUs: T0 + 3 * SECOND, limit: 5 })).items).toEqual([newest]);
      expect((await reader.detections({ rule: 'another', limit: 5 })).items).toEqual([]);
      expect((await reader.detections({ host: 'pi1', rule: newest.rule, limit: 5 })).items).toHaveLength(2);
      expect((await reader.counts()).detections).toBe(2);
    });

    it('shows the newest version of an incident, whatever order they come in', async () => {
      await commit({ incidents: [makeIncident('a', 1, T0), makeIncident('b', 1, T0 + SECOND)], position: 1 });
      await commit({ incidents: [makeIncident('a', 3, T0 + 5 * SECOND, { closed: true })], position: 2 });
      await commit({ incidents: [makeIncident('a', 2, T0 + 2 * SECOND)], position: 2 });
      const newest = makeIncident('a', 3, T0 + 5 * SECOND, { closed: true });
      const other = makeIncident('b', 1, T0 + SECOND);
      expect(await reader.incident('a')).toEqual(newest);
      expect(await reader.incidents({ limit: 10 })).toEqual({ items: [newest, other], next: null });
      const first = await reader.incidents({ limit: 1 });
      expect(first.items).toEqual([newest]);
      expect(await reader.incidents({ limit: 1, cursor: first.next! })).toEqual({
        items: [other],
        next: null,
      });
      expect((await reader.incidents({ open: true, limit: 5 })).items).toEqual([other]);
      expect((await reader.incidents({ open: false, limit: 5 })).items).toEqual([newest]);
      expect((await reader.incidents({ fromUs: T0 + 3 * SECOND, limit: 5 })).items).toEqual([newest]);
      expect((await reader.incidents({ toUs: T0 + 3 * SECOND, limit: 5 })).items).toEqual([other]);
    });

    it('finds incidents by level and by what they involve', async () => {
      const low = makeIncident('low', 1, T0, {
        level: 'low',
        entities: { 'source.address': ['198.51.100.1'], 'host.name': ['pi3'] },
      });
      const high = makeIncident('high', 1, T0 + SECOND);
      await commit({ incidents: [low, high], position: 1 });
      const find = async (query: Parameters<StoreReader['incidents']>[0]) =>
        (await reader.incidents(query)).items.map(({ id }) => id);
      expect(await find({ minLevel: 'medium', limit: 5 })).toEqual(['high']);
      expect(await find({ host: 'pi2', limit: 5 })).toEqual(['high']);
      expect(await find({ host: 'pi3', limit: 5 })).toEqual(['low']);
      expect(await find({ address: '203.0.113.9', host: 'pi1', limit: 5 })).toEqual(['high']);
      expect(await find({ address: '203.0.113.9', host: 'pi3', limit: 5 })).toEqual([]);
      expect(await find({ user: `o'hara "\\`, limit: 5 })).toEqual(['high']);
    });

    it('leaves out of the listing what became part of another incident', async () => {
      await commit({ incidents: [makeIncident('a', 1, T0), makeIncident('b', 1, T0 + SECOND)], position: 1 });
      const merged = makeIncident('b', 2, T0 + SECOND, { closed: true, mergedInto: 'a' });
      await commit({ incidents: [merged, makeIncident('a', 2, T0 + SECOND)], position: 2 });
      expect((await reader.incidents({ limit: 5 })).items.map(({ id }) => id)).toEqual(['a']);
      expect(await reader.incident('b')).toEqual(merged);
    });

    it('keeps what became of each node', async () => {
      await commit({ nodes: [makeNode('a', T0, 1), makeNode('b', T0, 2)], position: 1 });
      await commit({ nodes: [makeNode('a', T0 + SECOND, 9)], position: 2 });
      expect(await reader.nodes()).toEqual([makeNode('a', T0 + SECOND, 9), makeNode('b', T0, 2)]);
    });

    it('gives samples of a range and the newest of each series', async () => {
      const used = [0, 10, 20].map((s) => makeSample(T0 + s * SECOND, s / 3, 'used'));
      const free = [0, 10].map((s) => makeSample(T0 + s * SECOND, 1e12 + s, 'free'));
      const far = [makeSample(T0, 5, 'used', 'pi2')];
      await commit({
        samples: [...used, ...free, ...far, makeSample(T0, Number.NaN, 'cached')],
        position: 1,
      });
      const query = { host: 'pi1', name: 'system.memory.usage' };
      expect(await reader.samples({ ...query, limit: 100 })).toHaveLength(5);
      expect(await reader.samples({ ...query, fromUs: T0 + 20 * SECOND, limit: 100 })).toEqual([used[2]]);
      expect(await reader.samples({ ...query, limit: 1 })).toEqual([used[2]]);
      const latest = await reader.latestSamples(T0 + 25 * SECOND, 20 * SECOND);
      expect(latest).toHaveLength(2);
      expect(latest).toEqual(expect.arrayContaining([used[2], free[1]]));
    });

    it('remembers position and state when opened again', async () => {
      const state = { position: 5, data: Uint8Array.from([0, 1, 255, 10]) };
      await commit({ records: [makeRecord({ offset: 0, timeUs: T0 })], position: 7, state });
      await commit({ position: 9 });
      expect(await writer.checkpoint()).toEqual({ position: 9, state });
      await writer.stop();
      await writer.stop();
      writer = await store.openWriter();
      expect(await writer.checkpoint()).toEqual({ position: 9, state });
      await commit({ position: 9, state: { position: 9, data: Uint8Array.from([7]) } });
      expect((await writer.checkpoint())?.state).toEqual({ position: 9, data: Uint8Array.from([7]) });
      await commit({ records: [makeRecord({ offset: 0, timeUs: T0 })], position: 9 });
      expect((await reader.counts()).records).toBe(1);
    });
  });
}
