import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal, openJournal } from '@suite/journal';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeEnvelope, SequenceTable } from './index.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sequences-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function open(options: { maxSpools?: number } = {}) {
  const table = new SequenceTable(options);
  const journal = await openJournal({
    dir,
    segmentBytes: 4096,
    checkpoint: table.checkpoint,
    fsync: { intervalMs: 1000 },
    commitIntervalMs: 0,
  });
  await table.load(journal);
  const stop = async () => {
    await table.stop();
    await journal.stop();
  };
  return { table, journal, stop };
}

const batch = (agent: string, sequence: number, epoch = 'e') => ({ agent, epoch, sequence });

/** Does with a batch what the routes do. */
async function receive(
  table: SequenceTable,
  journal: Journal,
  agent: string,
  sequence: number,
): Promise<string> {
  const identity = batch(agent, sequence);
  const claim = await table.claim('token', identity);
  if (claim.kind === 'duplicate') return 'duplicate';
  const chunks = encodeEnvelope({
    kind: 'batch',
    signal: 'logs',
    encoding: 'identity',
    identity,
    sender: 'token',
    remote: '127.0.0.1',
    userAgent: '',
    receivedUs: 1,
    rawBytes: 200,
    records: 1,
    body: Buffer.alloc(200),
  });
  await journal.append(chunks).then(() => claim.settle(true));
  return 'new';
}

describe('sequence table', () => {
  it('knows every batch again after a restart, when the segments that held most of them are gone', async () => {
    const first = await open();
    const reader = await first.journal.reader('pipeline');
    for (let sequence = 1; sequence <= 200; sequence += 1) {
      expect(await receive(first.table, first.journal, `agent-${sequence % 7}`, sequence)).toBe('new');
      await reader.read(1e6);
      reader.commit(reader.position);
    }
    expect(first.journal.tail).toBeGreaterThan(0);
    await first.stop();

    for (let restart = 0; restart < 3; restart += 1) {
      const again = await open();
      expect(again.table.size).toBe(7);
      for (let sequence = 194; sequence <= 200; sequence += 1) {
        expect(await receive(again.table, again.journal, `agent-${sequence % 7}`, sequence)).toBe(
          'duplicate',
        );
      }
      expect(await receive(again.table, again.journal, 'agent-0', 300 + restart)).toBe('new');
      await again.stop();
    }
  });

  it('takes a lower number in a new epoch and from another token, not in the same', async () => {
    const { table, stop } = await open();
    const settle = async (sender: string, identity: ReturnType<typeof batch>) => {
      const claim = await table.claim(sender, identity);
      if (claim.kind === 'new') claim.settle(true);
      return claim.kind;
    };
    expect(await settle('t1', batch('a', 5))).toBe('new');
    expect(await settle('t1', batch('a', 4))).toBe('duplicate');
    expect(await settle('t1', batch('a', 1, 'later'))).toBe('new');
    expect(await settle('t2', batch('a', 1))).toBe('new');
    await stop();
  });

  it('lets the second of two equal batches in when the first could not be written', async () => {
    const { table, stop } = await open();
    const first = await table.claim('t', batch('a', 1));
    const second = table.claim('t', batch('a', 1));
    if (first.kind === 'new') first.settle(false);
    const claim = await second;
    expect(claim.kind).toBe('new');
    if (claim.kind === 'new') claim.settle(true);
    expect((await table.claim('t', batch('a', 1))).kind).toBe('duplicate');
    await stop();
  });

  it('forgets the spool that was silent for longest when there are too many', async () => {
    const { table, journal, stop } = await open({ maxSpools: 3 });
    for (const agent of ['a', 'b', 'c']) await receive(table, journal, agent, 1);
    expect(await receive(table, journal, 'a', 1)).toBe('duplicate');
    await receive(table, journal, 'd', 1);
    expect(table.size).toBe(3);
    expect(await receive(table, journal, 'a', 1)).toBe('duplicate');
    expect(await receive(table, journal, 'b', 1)).toBe('new');
    await stop();
  });

  it('gives no checkpoint before it knows the state', () => {
    expect(new SequenceTable().checkpoint()).toBeNull();
  });
});
