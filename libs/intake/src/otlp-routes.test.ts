import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Journal, JournalFullError } from '@suite/journal';
import { compressZstd, decodeLogs, decompressBody, writeBatchIdentity } from '@suite/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { logsRequest, post, startIntake, type TestIntake, TOKEN } from '../test/intake-server.ts';

const MIB = 1024 * 1024;
const turn = () => new Promise((resolve) => setImmediate(resolve));
let intake: TestIntake | null = null;

afterEach(async () => {
  await intake?.stop();
  intake = null;
});

async function start(...args: Parameters<typeof startIntake>): Promise<TestIntake> {
  intake = await startIntake(...args);
  return intake;
}

const identity = (sequence: number, epoch = 'e1') =>
  writeBatchIdentity({ agent: 'agent-1', epoch, sequence });

async function expectRefusal(response: Response, status: number, words: RegExp): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/x-protobuf');
  expect(await response.text()).toMatch(words);
}

describe('OTLP routes', () => {
  it('answer 200 when a batch is durable, and keep it as it came', async () => {
    const { url, batches, counters } = await start();
    const raw = logsRequest('one', 'two');
    const packed = await compressZstd(raw, 1);
    for (const [body, encoding] of [
      [raw, 'identity'],
      [gzipSync(raw), 'gzip'],
      [packed, 'zstd'],
    ] as const) {
      const response = await post(url, body, { 'content-encoding': encoding, 'user-agent': 'tom/1' });
      expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 0]);
    }
    const got = await batches();
    expect(got.map((b) => [b.encoding, b.records, b.rawBytes, b.identity])).toEqual([
      ['identity', 2, raw.length, null],
      ['gzip', 2, raw.length, null],
      ['zstd', 2, raw.length, null],
    ]);
    expect(got[2]).toMatchObject({ sender: 'test', remote: '127.0.0.1', userAgent: 'tom/1', signal: 'logs' });
    expect(got[2]!.body.equals(packed)).toBe(true);
    expect((await decompressBody(got[1]!.body, 'gzip', MIB)).equals(raw)).toBe(true);
    expect(counters).toMatchObject({ accepted: 3, records: 6, rawBytes: 3 * raw.length });
  });

  it('take arbitrary lines whole', async () => {
    const { url, batches } = await start();
    await post(url, logsRequest('', 'ünïcode', 'x'.repeat(100_000)));
    const bodies: string[] = [];
    decodeLogs(
      (await batches())[0]!.body,
      () => {},
      (log) => bodies.push(log.body.toString()),
    );
    expect(bodies).toEqual(['', 'ünïcode', 'x'.repeat(100_000)]);
  });

  it('refuse no token, a wrong token and another scheme, without reading on', async () => {
    const { url, journal, counters } = await start();
    const body = logsRequest('a');
    const before = journal.head;
    for (const authorization of [
      '',
      'Bearer wrong-token-of-some-length',
      `Basic ${TOKEN}`,
      `Bearer ${TOKEN}x`,
    ]) {
      await expectRefusal(await post(url, body, { authorization }), 401, /Authorization: Bearer/);
    }
    expect(journal.head).toBe(before);
    expect(counters.refused).toEqual({ unauthenticated: 4 });
  });

  it('refuse a batch that carries the id of an agent whose token it is not', async () => {
    const { url } = await start({ tokens: [{ name: 't', token: TOKEN, agent: 'agent-2' }] });
    await expectRefusal(await post(url, logsRequest('a'), identity(1)), 403, /another agent/);
  });

  it('refuse other content types and encodings, and say what to set', async () => {
    const { url } = await start();
    await expectRefusal(await post(url, '{}', { 'content-type': 'application/json' }), 415, /http\/protobuf/);
    await expectRefusal(
      await post(url, 'x', { 'content-type': 'text/plain' }),
      415,
      /application\/x-protobuf/,
    );
    await expectRefusal(await post(url, 'x', { 'content-encoding': 'br' }), 415, /gzip or zstd/);
  });

  it('refuse half an identity', async () => {
    const { url } = await start();
    await expectRefusal(await post(url, logsRequest('a'), { 'x-tom-agent': 'a' }), 400, /x-tom-epoch/);
  });

  it('refuse malformed protobuf and broken compression without repeating it', async () => {
    const { url, journal, counters } = await start();
    const before = journal.head;
    const secret = Buffer.from('my secret password is hunter2');
    const response = await post(url, secret);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/hunter2|secret/);
    await expectRefusal(await post(url, logsRequest('abc').subarray(0, 60)), 400, /at byte/);
    const cut = zstdCompressSync(logsRequest('a'.repeat(1000))).subarray(0, 40);
    await expectRefusal(await post(url, cut, { 'content-encoding': 'zstd' }), 400, /zstd/);
    await expectRefusal(await post(url, 'nonsense', { 'content-encoding': 'gzip' }), 400, /gzip/);
    expect(counters.refused).toEqual({ malformed: 4 });
    expect(journal.head).toBe(before);
  });

  it('refuse a body over the limit, with its length stated or not', async () => {
    const { url, counters } = await start({ maxBodyBytes: MIB });
    await expectRefusal(await post(url, Buffer.alloc(MIB + 1)), 413, /larger than 1048576/);
    const endless = new ReadableStream({
      pull: (controller) => {
        if (counters.refused.too_large === 2) controller.close();
        else controller.enqueue(new Uint8Array(65536));
      },
    });
    await expectRefusal(await post(url, endless), 413, /larger than 1048576/);
    expect((await post(url, logsRequest('still good'))).status).toBe(200);
  });

  it('refuse small bodies that expand to gigabytes, in bounded memory', async () => {
    const { url, journal } = await start({ maxDecompressedBytes: 8 * MIB });
    const before = journal.head;
    const zeros = Buffer.alloc(64 * MIB);
    const bombs = {
      gzip: Buffer.concat(Array(32).fill(gzipSync(zeros))),
      zstd: Buffer.concat(Array(32).fill(zstdCompressSync(zeros))),
    };
    const rss = process.memoryUsage().rss;
    const attacks = (['gzip', 'zstd'] as const).flatMap((encoding) =>
      Array.from({ length: 4 }, async () =>
        expectRefusal(
          await post(url, bombs[encoding], { 'content-encoding': encoding }),
          413,
          /decodes to more/,
        ),
      ),
    );
    await Promise.all(attacks);
    expect(process.memoryUsage().rss - rss).toBeLessThan(128 * MIB);
    expect(journal.head).toBe(before);
  });

  it('acknowledge a duplicate without writing it again', async () => {
    const { url, batches, counters } = await start();
    for (const [sequence, epoch] of [
      [1, 'e1'],
      [1, 'e1'],
      [2, 'e1'],
      [1, 'e1'],
      [1, 'e2'],
    ] as const) {
      expect((await post(url, logsRequest(`${epoch} ${sequence}`), identity(sequence, epoch))).status).toBe(
        200,
      );
    }
    expect((await batches()).map((b) => `${b.identity!.epoch} ${b.identity!.sequence}`)).toEqual([
      'e1 1',
      'e1 2',
      'e2 1',
    ]);
    expect(counters).toMatchObject({ accepted: 3, duplicates: 2 });
  });

  it('write a batch that arrives many times at once only once, and acknowledge none before it is durable', async () => {
    const order: string[] = [];
    const hold = Promise.withResolvers<void>();
    const appending = Promise.withResolvers<void>();
    const slow = (journal: Journal): Journal =>
      new Proxy(journal, {
        get: (target, name) => {
          if (name !== 'append') return Reflect.get(target, name, target);
          return async (chunks: Uint8Array[]) => {
            appending.resolve();
            await hold.promise;
            const appended = await target.append(chunks);
            order.push('durable');
            return appended;
          };
        },
      });
    const { url, batches, counters } = await start({}, {}, slow);
    const answers = Array.from({ length: 8 }, async () => {
      const response = await post(url, logsRequest('a'), identity(1));
      order.push(String(response.status));
    });
    await appending.promise;
    hold.resolve();
    await Promise.all(answers);
    expect(order).toEqual(['durable', ...Array(8).fill('200')]);
    expect(await batches()).toHaveLength(1);
    expect(counters).toMatchObject({ accepted: 1, duplicates: 7 });
  });

  it('answer 503 with Retry-After while the journal is full, and take the batch later', async () => {
    let full = true;
    const refusing = (journal: Journal): Journal =>
      new Proxy(journal, {
        get: (target, name) => {
          if (name === 'append' && full) {
            return () => Promise.reject(new JournalFullError('DISK_FULL', 'no space on /var/lib/x'));
          }
          const value = Reflect.get(target, name, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    const { url, batches, counters } = await start({}, {}, refusing);
    const refused = await post(url, logsRequest('a'), identity(1));
    expect(refused.headers.get('retry-after')).toBe('5');
    await expectRefusal(refused, 503, /no room at the moment/);
    full = false;
    expect((await post(url, logsRequest('a'), identity(1))).status).toBe(200);
    expect(await batches()).toHaveLength(1);
    expect(counters).toMatchObject({ accepted: 1, refused: { journal_full: 1 } });
  });

  it('answer 503 for a fault of our own, so that nothing is given up, and tell the owner', async () => {
    const failing = (journal: Journal): Journal =>
      new Proxy(journal, {
        get: (target, name) =>
          name === 'append' ? () => Promise.reject(new Error('EIO')) : Reflect.get(target, name, target),
      });
    const errors: unknown[] = [];
    const { url } = await start({ onInternalError: (error) => errors.push(error) }, {}, failing);
    await expectRefusal(await post(url, logsRequest('a'), identity(1)), 503, /internal error/);
    expect(errors).toEqual([new Error('EIO')]);
  });

  it('answer 503 when a real journal has reached its size', async () => {
    const { url, journal } = await start({}, { maxBytes: 256 * 1024, segmentBytes: 64 * 1024 });
    await journal.reader('nobody-reads-on');
    const body = logsRequest('x'.repeat(50_000));
    let status = 200;
    for (let i = 0; i < 12 && status === 200; i += 1) status = (await post(url, body)).status;
    expect(status).toBe(503);
  });

  it('answer 503 when too many bytes are under way, and recover', async () => {
    const { url, counters } = await start({ maxInFlightBytes: MIB });
    const slow = request(`${url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf', authorization: `Bearer ${TOKEN}` },
    });
    const answered = once(slow, 'response');
    slow.write(Buffer.alloc(900 * 1024));
    const body = logsRequest('y'.repeat(500_000));
    const deadline = performance.now() + 10_000;
    while (counters.inFlightBytes < 900 * 1024 && performance.now() < deadline) await turn();
    const refused = await post(url, body);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    slow.end();
    const [response] = (await answered) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(400);
    expect((await post(url, body)).status).toBe(200);
    expect(counters.refused.busy).toBe(1);
    expect(counters.inFlightBytes).toBe(0);
  });
});
