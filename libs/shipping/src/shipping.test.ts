import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestBatcher,
  createTestShipper,
  FakeStream,
  openTestSpool,
  poll,
  RESOURCE,
} from './agent.fixture.ts';
import { accept, Peer } from './peer.fixture.ts';
import { spoolSamples } from './samples.ts';
import type { Spool } from './spool.ts';
import { collectStatus, readStatus, writeStatus } from './status.ts';

let dir: string;
let peer: Peer;
let url: string;
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shipping-'));
  peer = new Peer();
  url = await peer.start();
  stops = [];
});

afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  await peer.stop();
  await rm(dir, { recursive: true, force: true });
});

async function open(options: Parameters<typeof openTestSpool>[1] = {}): Promise<Spool> {
  const spool = await openTestSpool(join(dir, 'spool'), options);
  stops.push(() => spool.stop());
  return spool;
}

function batch(spool: Spool, options: Parameters<typeof createTestBatcher>[1] = {}) {
  const batcher = createTestBatcher(spool, options);
  stops.push(() => batcher.stop());
  return batcher;
}

function ship(spool: Spool, options: Parameters<typeof createTestShipper>[2] = {}) {
  const shipper = createTestShipper(spool, url, options);
  stops.push(() => shipper.stop());
  shipper.start();
  return shipper;
}

function stream(lines: number, bytes = 40): FakeStream {
  const made = new FakeStream('a');
  for (let index = 0; index < lines; index++) made.write(`line ${index}`.padEnd(bytes, '.'));
  return made;
}

describe('shipping', () => {
  it('delivers lines with identity, token and encoding, and keeps the account', async () => {
    const spool = await open();
    const source = stream(100);
    await batch(spool).lines(source.block(0));
    const shipper = ship(spool);
    await poll(() => peer.lines.length === 100 && shipper.status().acknowledged !== null);
    expect(peer.lines).toEqual(source.expected);
    expect(peer.requests[0]!.headers).toMatchObject({
      'x-tom-agent': 'agent1',
      'x-tom-epoch': spool.epoch,
      'x-tom-sequence': '1',
      authorization: 'Bearer secret',
      'content-encoding': 'zstd',
      'content-type': 'application/x-protobuf',
    });
    expect(spool.resume('files').get('a')).toBe(source.size);
    expect(spool.ledger.rows()).toEqual([
      {
        path: '/log/a',
        seenBytes: source.size,
        seenRecords: 100,
        spooledBytes: source.size,
        spooledRecords: 100,
        acknowledgedBytes: source.size,
        acknowledgedRecords: 100,
        lost: {},
      },
    ]);
  });

  it('sends a batch again under the same identity when the answer was lost after storing it', async () => {
    let drops = 2;
    peer.behave = (_received, response, store) => {
      store();
      if (drops-- > 0) response.socket!.destroy();
      else response.end();
    };
    const spool = await open();
    const source = stream(10);
    await batch(spool).lines(source.block(0));
    ship(spool);
    await poll(() => peer.requests.length >= 3);
    expect(new Set(peer.requests.map(({ identity }) => identity)).size).toBe(1);
    expect(peer.lines).toEqual(source.expected);
  });

  it.each([429, 503, 401, 403, 404, 302])(
    'keeps a batch that is answered with %i and says why',
    async (status) => {
      let failing = true;
      peer.behave = (received, response, store) => {
        if (!failing) return accept(received, response, store);
        response.statusCode = status;
        response.end();
      };
      const spool = await open();
      const source = stream(3);
      await batch(spool).lines(source.block(0));
      const shipper = ship(spool);
      await poll(() => shipper.status().failures > 2);
      expect(shipper.status().error).toMatch(new RegExp(`[a-zA-Z ;]+ \\(HTTP ${status}\\)`));
      failing = false;
      await poll(() => shipper.status().error === null);
      expect(peer.lines).toEqual(source.expected);
    },
  );

  it('waits for a token file that is not there yet', async () => {
    let missing = true;
    const token = () => {
      if (missing) throw new Error('no such file: token');
      return 'late';
    };
    const spool = await open();
    await batch(spool).lines(stream(3).block(0));
    const shipper = ship(spool, { token });
    await poll(() => shipper.status().failures > 1);
    expect(shipper.status().error).toBe('the token cannot be had: no such file: token');
    missing = false;
    await poll(() => shipper.status().acknowledged !== null);
    expect(peer.requests[0]!.headers.authorization).toBe('Bearer late');
  });

  it('says that nobody listens, and goes on when somebody does', async () => {
    await peer.stop();
    const spool = await open();
    await batch(spool).lines(stream(3).block(0));
    const shipper = ship(spool);
    await poll(() => shipper.status().failures > 1);
    expect(shipper.status().error).toContain('ECONNREFUSED');
    await peer.start(Number(new URL(url).port));
    await poll(() => peer.lines.length === 3);
  });

  it('gives up on a peer that hangs and tries again', async () => {
    let hangs = 1;
    peer.behave = (received, response, store) => {
      if (hangs-- <= 0) accept(received, response, store);
    };
    const spool = await open();
    const source = stream(3);
    await batch(spool).lines(source.block(0));
    const shipper = ship(spool, { timeoutMs: 50 });
    await poll(() => shipper.status().acknowledged !== null);
    expect(shipper.status().lastErrorMs).not.toBeNull();
    expect(peer.lines).toEqual(source.expected);
  });

  it('stops at once while a peer hangs', async () => {
    peer.behave = () => undefined;
    const spool = await open();
    await batch(spool).lines(stream(3).block(0));
    const shipper = ship(spool);
    await poll(() => peer.requests.length === 1);
    const before = performance.now();
    await shipper.stop();
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('puts a batch aside that is refused for good, counts it once, and goes on', async () => {
    peer.behave = (received, response, store) => {
      if (received.headers['x-tom-sequence'] !== '1') return accept(received, response, store);
      response.statusCode = 400;
      response.end();
    };
    const source = stream(3);
    let spool = await open();
    const batcher = batch(spool);
    await batcher.lines(source.block(0));
    await batcher.flush();
    const { size } = source;
    source.write('after');
    await batcher.lines(source.block(size));
    const shipper = ship(spool);
    await poll(() => shipper.status().acknowledged?.sequence === 2);
    expect(peer.lines).toEqual(source.expected.slice(3));
    const [name] = await readdir(join(dir, 'spool', 'rejected'));
    expect((await stat(join(dir, 'spool', 'rejected', name!))).mode & 0o777).toBe(0o600);
    for (const stop of stops.reverse()) await stop();
    stops = [];
    spool = await open();
    expect(spool.ledger.rows()[0]).toMatchObject({
      spooledRecords: 4,
      acknowledgedRecords: 1,
      lost: { rejected: { bytes: size, records: 3 } },
    });
  });

  it('lets sources wait while the spool is full, then delivers everything in order', async () => {
    const spool = await open({ maxBytes: 40_000 });
    // Random text, so that compression does not make room.
    const source = new FakeStream('a');
    const random = fc.sample(
      fc.string({ minLength: 90, maxLength: 100, unit: fc.constantFrom(...'0123456789abcdefXYZ') }),
      {
        numRuns: 3000,
        seed: 7,
      },
    );
    const batcher = batch(spool, { sealBytes: 4000 });
    let taken = 0;
    const feeding = (async () => {
      for (const line of random) {
        const { size } = source;
        source.write(line);
        await batcher.lines(source.block(size));
        taken++;
      }
    })();
    await poll(() => spool.full);
    await spoolSamples([{ name: 'x', unit: '1', attributes: {}, value: 1 }], 1, {
      spool,
      resource: RESOURCE,
    });
    expect(taken).toBeLessThan(3000);
    expect(spool.sizeBytes).toBeLessThanOrEqual(40_000);
    const shipper = ship(spool);
    await feeding;
    await batcher.flush();
    await poll(() => peer.lines.length === 3000);
    expect(peer.lines).toEqual(source.expected);
    const rows = spool.ledger.rows();
    expect(rows.find(({ path }) => path === 'probes')!.lost['spool-full']!.records).toBe(1);
    await poll(() => shipper.status().acknowledged !== null);
  });

  it('stops without waiting for a full spool, losing nothing that is in it', async () => {
    let spool = await open({ maxBytes: 8000 });
    const batcher = batch(spool, {
      sealBytes: 500,
      compress: async (body) => Buffer.from(body),
      encoding: 'identity',
    });
    const source = new FakeStream('a');
    const feeding = (async () => {
      for (;;) {
        const { size } = source;
        source.write('x'.repeat(100));
        await batcher.lines(source.block(size));
      }
    })();
    feeding.catch(() => undefined);
    await poll(() => spool.full);
    await batcher.stop();
    await expect(feeding).rejects.toThrow('stopped');
    await spool.stop();
    spool = await open({ maxBytes: 1_000_000 });
    const resumed = spool.resume('files').get('a') as number;
    await batch(spool).lines(source.block(resumed));
    ship(spool);
    await poll(() => peer.lines.length === source.expected.length);
    expect(peer.lines).toEqual(source.expected);
  });

  it('keeps a block in one record, however many bodies it takes', async () => {
    const spool = await open();
    const source = new FakeStream('a');
    for (let index = 0; index < 500; index++) source.write(String(index % 10));
    const batcher = batch(spool, { sealBytes: 1000 });
    await batcher.lines(source.block(0));
    await batcher.flush();
    expect(spool.nextSequence).toBeGreaterThan(5);
    ship(spool);
    await poll(() => peer.lines.length === 500);
    expect(peer.lines).toEqual(source.expected);
  });

  it('is found as it was by who opens it after a kill', async () => {
    const spool = await open();
    const batcher = batch(spool);
    const source = stream(50);
    await batcher.lines(source.block(0));
    await batcher.flush();
    const { size } = source;
    source.write('taken, but not durable yet');
    const slow = batch(spool, { sealAfterMs: 60_000 });
    await slow.lines(source.block(size));
    // What a kill leaves: the files as they are, and a lock that names nobody alive.
    const left = join(dir, 'left');
    await cp(join(dir, 'spool'), left, { recursive: true });
    await writeFile(join(left, 'lock'), '999999999 1 boot');
    const found = await openTestSpool(left);
    stops.push(() => found.stop());
    expect([found.epoch, found.nextSequence]).toEqual([spool.epoch, spool.nextSequence]);
    expect(found.resume('files').get('a')).toBe(size);
    expect(found.ledger.rows()[0]).toMatchObject({
      seenRecords: 50,
      spooledRecords: 50,
      acknowledgedRecords: 0,
    });
  });

  it('remembers positions and losses without lines', async () => {
    let spool = await open();
    const batcher = batch(spool);
    await batcher.remember('files', 'k', { offset: 3 });
    batcher.lost({ source: 'files', path: '/log/x', bytes: 9, reason: 'truncated' });
    await batcher.flush();
    await batcher.remember('files', 'gone', 1);
    await batcher.remember('files', 'gone', null);
    await batcher.stop();
    await spool.stop();
    spool = await open();
    expect([...spool.resume('files')]).toEqual([['k', { offset: 3 }]]);
    expect(spool.ledger.rows()).toMatchObject([{ path: '/log/x', lost: { truncated: { bytes: 9 } } }]);
    expect(spool.nextSequence).toBe(1);
  });

  it('knows everything again from the segments that are left', async () => {
    const options = { maxBytes: 20_000, segmentBytes: 2000 };
    let spool = await open(options);
    const batcher = batch(spool, { sealBytes: 500 });
    const shipper = ship(spool);
    const source = new FakeStream('a');
    for (let round = 0; round < 60; round++) {
      const { size } = source;
      source.write(`round ${round}`);
      await batcher.lines(source.block(size));
      await batcher.flush();
    }
    await poll(() => shipper.status().acknowledged?.sequence === 60);
    const before = { rows: spool.ledger.rows(), next: spool.nextSequence, epoch: spool.epoch };
    for (const stop of stops.reverse()) await stop();
    stops = [];
    expect(await readdir(join(dir, 'spool'))).not.toContain('0000000000000000.seg');
    spool = await open(options);
    expect({ rows: spool.ledger.rows(), next: spool.nextSequence, epoch: spool.epoch }).toEqual(before);
    expect(spool.resume('files').get('a')).toBe(source.size);
  });

  it('starts a new epoch when damage may have taken a number that was used', async () => {
    let spool = await open();
    const source = new FakeStream('a');
    const batcher = batch(spool);
    for (const line of ['one', 'two', 'three']) {
      const { size } = source;
      source.write(line);
      await batcher.lines(source.block(size));
      await batcher.flush();
    }
    const { epoch } = spool;
    for (const stop of stops.reverse()) await stop();
    stops = [];
    const path = join(dir, 'spool', '0000000000000000.seg');
    const bytes = await readFile(path);
    bytes[bytes.lastIndexOf('"sequence":2')]! ^= 1;
    await writeFile(path, bytes);
    spool = await open();
    expect(spool.epoch).not.toBe(epoch);
    expect(spool.nextSequence).toBe(1);
    expect(
      spool.ledger.rows().find((row) => row.path === 'spool')!.lost['corrupt-record']!.bytes,
    ).toBeGreaterThan(0);
    const { size } = source;
    source.write('four');
    await batch(spool).lines(source.block(size));
    ship(spool);
    await poll(() => peer.lines.length === 3);
    expect(peer.lines).toEqual([0, 2, 3].map((index) => source.expected[index]));
    expect(peer.requests.map(({ identity }) => identity)).toEqual([
      `agent1/${epoch}/1`,
      `agent1/${epoch}/3`,
      `agent1/${spool.epoch}/1`,
    ]);
  });

  it('sends probe samples as metrics', async () => {
    const spool = await open();
    const points = [{ name: 'system.cpu.utilization', unit: '1', attributes: { cpu: '0' }, value: 0.5 }];
    await spoolSamples(points, 1_700_000_000_000_000, { spool, resource: RESOURCE });
    const shipper = ship(spool);
    await poll(() => shipper.status().acknowledged !== null);
    expect(peer.requests.map(({ path }) => path)).toEqual(['/v1/metrics']);
    expect(spool.ledger.rows()).toMatchObject([{ path: 'probes', acknowledgedRecords: 1 }]);
  });

  it('writes a status that reads back', async () => {
    const spool = await open();
    const path = join(dir, 'status.json');
    const status = collectStatus({ agent: 'agent1', spool, shipper: ship(spool), streams: [], nowMs: 5 });
    await writeStatus(path, status);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readStatus(path)).toEqual(status);
  });
});
