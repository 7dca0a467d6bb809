import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers, peakRssBytes, storedCount } from '../../tools/harness/nadir-api.ts';
import { createPair, type Pair } from '../../tools/harness/pair.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

const MIB = 1024 * 1024;
/** What NADIR may take at most: the bodies that it holds at once (intake.max_inflight), and its own size twice. */
const MEMORY_MIB = 256 + 256;

let scratch: Scratch;
let pair: Pair;
let log: string;

beforeAll(async () => {
  scratch = new Scratch('hostile-requests');
  log = join(scratch.folder('logs'), 'a.log');
  pair = await createPair(scratch.dir, { paths: [log] });
  scratch.owns(pair);
  pair.nadir.start();
  pair.tom.start();
  await until('NADIR to answer', () => answers(pair));
});
afterAll(() => scratch.remove());

async function send(
  body: Buffer<ArrayBuffer>,
  headers: Record<string, string> = {},
  token: string | null = pair.token,
) {
  const response = await fetch(`http://127.0.0.1:${pair.port}/v1/logs`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-protobuf',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, text: Buffer.from(await response.arrayBuffer()).toString('latin1') };
}

/** Four times what a body may hold once it is decompressed, in some kilobytes. */
const zeros = Buffer.alloc(256 * MIB);
const bombs: Record<string, Buffer<ArrayBuffer>> = {
  gzip: gzipSync(zeros),
  zstd: zstdCompressSync(zeros),
};

const REFUSALS: readonly [string, () => Promise<{ status: number; text: string }>, number, RegExp][] = [
  ['no token', () => send(Buffer.alloc(0), {}, null), 401, /token/i],
  ['a wrong token', () => send(Buffer.alloc(0), {}, 'not-the-right-token'), 401, /token/i],
  ['a body over the limit', () => send(Buffer.alloc(17 * MIB)), 413, /./],
  ['a gzip bomb', () => send(bombs.gzip!, { 'content-encoding': 'gzip' }), 413, /./],
  ['a zstd bomb', () => send(bombs.zstd!, { 'content-encoding': 'zstd' }), 413, /./],
  ['malformed protobuf', () => send(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1])), 400, /./],
  ['a broken gzip stream', () => send(Buffer.from('no gzip'), { 'content-encoding': 'gzip' }), 400, /./],
  ['an unknown encoding', () => send(Buffer.from('x'), { 'content-encoding': 'br' }), 415, /./],
  [
    'JSON where protobuf is spoken',
    () => send(Buffer.from('{}'), { 'content-type': 'application/json' }),
    415,
    /./,
  ],
];

describe('a running NADIR that is sent bad requests', () => {
  it.each(REFUSALS)('refuses %s with a clear answer', async (_what, request, status, words) => {
    const answer = await request();
    expect(answer).toMatchObject({ status, text: expect.stringMatching(words) });
  });

  it('keeps its memory bounded under many bombs at once, and takes the lines of a good agent', async () => {
    const attack = Array.from({ length: 40 }, async (_, n) => {
      const encoding = n % 2 === 0 ? 'gzip' : 'zstd';
      const answer = await send(bombs[encoding]!, { 'content-encoding': encoding });
      return answer.status;
    });
    writeFileSync(log, 'a line of a good agent\n');
    const statuses = new Set(await Promise.all(attack));
    expect([...statuses].filter((status) => status !== 413 && status !== 503)).toEqual([]);
    await until('the good line', () => storedCount(pair.database) === 1);
    expect(pair.nadir.running).toBe(true);
    const peak = peakRssBytes(pair.nadir.pid);
    process.stdout.write(`hostile requests: NADIR's memory peaked at ${Math.round(peak / MIB)} MiB\n`);
    expect(peak).toBeLessThan(MEMORY_MIB * MIB);
  }, 60_000);
});
