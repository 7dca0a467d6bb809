import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeStream, poll, RESOURCE } from './agent.fixture.ts';
import { agentAndPeer, linesOf } from './agent-and-peer.fixture.ts';
import { accept } from './peer.fixture.ts';
import { spoolSamples } from './samples.ts';
import { collectStatus, readStatus, writeStatus } from './status.ts';

const agent = agentAndPeer();
const { open, batch, ship } = agent;

describe('shipping', () => {
  it('delivers lines with identity, token and encoding, and keeps the account', async () => {
    const spool = await open();
    const source = linesOf(100);
    await batch(spool).lines(source.block(0));
    const shipper = ship(spool);
    await poll(() => agent.peer.lines.length === 100 && shipper.status().acknowledged !== null);
    expect(agent.peer.lines).toEqual(source.expected);
    expect(agent.peer.requests[0]!.headers).toMatchObject({
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
    agent.peer.behave = (_received, response, store) => {
      store();
      if (drops-- > 0) response.socket!.destroy();
      else response.end();
    };
    const spool = await open();
    const source = linesOf(10);
    await batch(spool).lines(source.block(0));
    ship(spool);
    await poll(() => agent.peer.requests.length >= 3);
    expect(new Set(agent.peer.requests.map(({ identity }) => identity)).size).toBe(1);
    expect(agent.peer.lines).toEqual(source.expected);
  });

  it.each([429, 503, 401, 403, 404, 302])(
    'keeps a batch that is answered with %i and says why',
    async (status) => {
      let failing = true;
      agent.peer.behave = (received, response, store) => {
        if (!failing) return accept(received, response, store);
        response.statusCode = status;
        response.end();
      };
      const spool = await open();
      const source = linesOf(3);
      await batch(spool).lines(source.block(0));
      const shipper = ship(spool);
      await poll(() => shipper.status().failures > 2);
      expect(shipper.status().error).toMatch(new RegExp(`[a-zA-Z ;]+ \\(HTTP ${status}\\)`));
      failing = false;
      await poll(() => shipper.status().error === null);
      expect(agent.peer.lines).toEqual(source.expected);
    },
  );

  it('waits for a token file that is not there yet', async () => {
    let missing = true;
    const token = () => {
      if (missing) throw new Error('no such file: token');
      return 'late';
    };
    const spool = await open();
    await batch(spool).lines(linesOf(3).block(0));
    const shipper = ship(spool, { token });
    await poll(() => shipper.status().failures > 1);
    expect(shipper.status().error).toBe('the token cannot be had: no such file: token');
    missing = false;
    await poll(() => shipper.status().acknowledged !== null);
    expect(agent.peer.requests[0]!.headers.authorization).toBe('Bearer late');
  });

  it('says that nobody listens, and goes on when somebody does', async () => {
    await agent.peer.stop();
    const spool = await open();
    await batch(spool).lines(linesOf(3).block(0));
    const shipper = ship(spool);
    await poll(() => shipper.status().failures > 1);
    expect(shipper.status().error).toContain('ECONNREFUSED');
    await agent.peer.start(Number(new URL(agent.url).port));
    await poll(() => agent.peer.lines.length === 3);
  });

  it('gives up on a agent.peer that hangs and tries again', async () => {
    let hangs = 1;
    agent.peer.behave = (received, response, store) => {
      if (hangs-- <= 0) accept(received, response, store);
    };
    const spool = await open();
    const source = linesOf(3);
    await batch(spool).lines(source.block(0));
    const shipper = ship(spool, { timeoutMs: 50 });
    await poll(() => shipper.status().acknowledged !== null);
    expect(shipper.status().lastErrorMs).not.toBeNull();
    expect(agent.peer.lines).toEqual(source.expected);
  });

  it('stops at once while a agent.peer hangs', async () => {
    agent.peer.behave = () => undefined;
    const spool = await open();
    await batch(spool).lines(linesOf(3).block(0));
    const shipper = ship(spool);
    await poll(() => agent.peer.requests.length === 1);
    const before = performance.now();
    await shipper.stop();
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('puts a batch aside that is refused for good, counts it once, and goes on', async () => {
    agent.peer.behave = (received, response, store) => {
      if (received.headers['x-tom-sequence'] !== '1') return accept(received, response, store);
      response.statusCode = 400;
      response.end();
    };
    const source = linesOf(3);
    let spool = await open();
    const batcher = batch(spool);
    await batcher.lines(source.block(0));
    await batcher.flush();
    const { size } = source;
    source.write('after');
    await batcher.lines(source.block(size));
    const shipper = ship(spool);
    await poll(() => shipper.status().acknowledged?.sequence === 2);
    expect(agent.peer.lines).toEqual(source.expected.slice(3));
    const [name] = await readdir(join(agent.dir, 'spool', 'rejected'));
    expect((await stat(join(agent.dir, 'spool', 'rejected', name!))).mode & 0o777).toBe(0o600);
    await agent.stop();
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
    await poll(() => agent.peer.lines.length === 3000);
    expect(agent.peer.lines).toEqual(source.expected);
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
    await poll(() => agent.peer.lines.length === source.expected.length);
    expect(agent.peer.lines).toEqual(source.expected);
  });

  it('sends probe samples as metrics', async () => {
    const spool = await open();
    const points = [{ name: 'system.cpu.utilization', unit: '1', attributes: { cpu: '0' }, value: 0.5 }];
    await spoolSamples(points, 1_700_000_000_000_000, { spool, resource: RESOURCE });
    const shipper = ship(spool);
    await poll(() => shipper.status().acknowledged !== null);
    expect(agent.peer.requests.map(({ path }) => path)).toEqual(['/v1/metrics']);
    expect(spool.ledger.rows()).toMatchObject([{ path: 'probes', acknowledgedRecords: 1 }]);
  });

  it('writes a status that reads back', async () => {
    const spool = await open();
    const path = join(agent.dir, 'status.json');
    const status = collectStatus({ agent: 'agent1', spool, shipper: ship(spool), streams: [], nowMs: 5 });
    await writeStatus(path, status);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readStatus(path)).toEqual(status);
  });
});
