import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FakeStream, openTestSpool, poll } from './agent.fixture.ts';
import { agentAndPeer, linesOf } from './agent-and-peer.fixture.ts';

const agent = agentAndPeer();
const { open, batch, ship } = agent;

describe('the spool', () => {
  it('keeps a block in one record, however many bodies it takes', async () => {
    const spool = await open();
    const source = new FakeStream('a');
    for (let index = 0; index < 500; index++) source.write(String(index % 10));
    const batcher = batch(spool, { sealBytes: 1000 });
    await batcher.lines(source.block(0));
    await batcher.flush();
    expect(spool.nextSequence).toBeGreaterThan(5);
    ship(spool);
    await poll(() => agent.peer.lines.length === 500);
    expect(agent.peer.lines).toEqual(source.expected);
  });

  it('is found as it was by who opens it after a kill', async () => {
    const spool = await open();
    const batcher = batch(spool);
    const source = linesOf(50);
    await batcher.lines(source.block(0));
    await batcher.flush();
    const { size } = source;
    source.write('taken, but not durable yet');
    const slow = batch(spool, { sealAfterMs: 60_000 });
    await slow.lines(source.block(size));
    // What a kill leaves: the files as they are, and a lock that names nobody alive.
    const left = join(agent.dir, 'left');
    await cp(join(agent.dir, 'spool'), left, { recursive: true });
    await writeFile(join(left, 'lock'), '999999999 1 boot');
    const found = await openTestSpool(left);
    agent.owns(() => found.stop());
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
    await agent.stop();
    expect(await readdir(join(agent.dir, 'spool'))).not.toContain('0000000000000000.seg');
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
    await agent.stop();
    const path = join(agent.dir, 'spool', '0000000000000000.seg');
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
    await poll(() => agent.peer.lines.length === 3);
    expect(agent.peer.lines).toEqual([0, 2, 3].map((index) => source.expected[index]));
    expect(agent.peer.requests.map(({ identity }) => identity)).toEqual([
      `agent1/${epoch}/1`,
      `agent1/${epoch}/3`,
      `agent1/${spool.epoch}/1`,
    ]);
  });
});
