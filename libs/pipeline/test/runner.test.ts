import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { DEFAULT_SETTINGS } from '@suite/detection';
import { DEFAULT_INCIDENT_SETTINGS } from '@suite/incidents';
import { type BatchEnvelope, encodeCheckpoint, encodeEnvelope, encodeSyslogLines } from '@suite/intake';
import { type Journal, openJournal } from '@suite/journal';
import { createLogsEncoder, encodeMetrics } from '@suite/protocol';
import {
  openSqliteReader,
  openSqliteWriter,
  type StoreBatch,
  StoreFullError,
  type StoreWriter,
} from '@suite/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Committed, PipelineRunner } from '../src/runner.ts';

const START_US = Date.UTC(2026, 0, 10, 3) * 1000;
const RETENTION = { ageMs: Number.MAX_SAFE_INTEGER, sizeBytes: 2 ** 30 };

let dir = '';
let journal: Journal;
let nowUs = START_US;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pipeline-'));
  nowUs = START_US;
  journal = await openJournal({ dir: join(dir, 'journal') });
});

afterEach(async () => {
  await journal.stop();
  rmSync(dir, { recursive: true, force: true });
});

const envelope = (
  fields: Partial<BatchEnvelope> & Pick<BatchEnvelope, 'body' | 'signal'>,
): BatchEnvelope => ({
  kind: 'batch',
  encoding: 'identity',
  identity: { agent: 'agent-1', epoch: 'e', sequence: 1 },
  sender: 'nadir',
  remote: '127.0.0.1',
  userAgent: 'test',
  receivedUs: START_US,
  rawBytes: fields.body.length,
  records: 1,
  ...fields,
});

const resource = { agent: 'agent-1', host: 'node1', version: '1.0' };

/** Batches of an auth.log in which an address fails, three lines each. */
function batchesOfFailures(count: number): Buffer[][] {
  let offset = 0;
  return Array.from({ length: count }, (_, batch) => {
    const lines = Array.from({ length: 3 }, (_, i) => {
      const second = String(batch % 60).padStart(2, '0');
      return `Jan 10 03:00:${second} node1 sshd[${100 + batch * 3 + i}]: Failed password for root from 203.0.113.9 port ${2000 + i} ssh2\n`;
    }).join('');
    const encoder = createLogsEncoder({ resource, capacityBytes: 2 ** 20 });
    encoder.begin({ path: '/var/log/auth.log', kind: 'file', stream: 's1' }, START_US);
    const bytes = Buffer.from(lines);
    encoder.addLines(bytes, 0, bytes.length, offset);
    offset += bytes.length;
    return encodeEnvelope(envelope({ signal: 'logs', body: Buffer.from(encoder.finish()) }));
  });
}

const openWriter = () => openSqliteWriter({ path: join(dir, 'nadir.db'), retention: RETENTION });

interface Run {
  readonly runner: PipelineRunner;
  readonly commits: Committed[];
  readonly troubles: (string | null)[];
}

async function startRunner(store: StoreWriter): Promise<Run> {
  const commits: Committed[] = [];
  const troubles: (string | null)[] = [];
  const runner = new PipelineRunner({
    journalDir: join(dir, 'journal'),
    journalMaxBytes: 2 ** 32,
    store,
    settings: DEFAULT_SETTINGS,
    incidents: DEFAULT_INCIDENT_SETTINGS,
    clockUs: () => nowUs,
    onCommitted: (commit) => commits.push(commit),
    onTrouble: (reason) => troubles.push(reason),
  });
  await runner.start();
  return { runner, commits, troubles };
}

async function until(holds: () => boolean): Promise<void> {
  const limit = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > limit) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function storedLines(): Promise<{ lines: number; detections: { id: string; count: number }[] }> {
  const reader = openSqliteReader({ path: join(dir, 'nadir.db') });
  const { records } = await reader.counts();
  const { items } = await reader.detections({ limit: 100 });
  await reader.stop();
  return { lines: records, detections: items.map(({ id, evidenceCount }) => ({ id, count: evidenceCount })) };
}

describe('the pipeline behind the journal', () => {
  it('stores what batches hold, with what the detectors make of it', async () => {
    for (const batch of batchesOfFailures(4)) await journal.append(batch);
    const store = openWriter();
    const { runner, commits } = await startRunner(store);
    runner.head(journal.head);
    await until(() => commits.at(-1)?.position === journal.head);
    await runner.stop();
    await store.stop();
    const { lines, detections } = await storedLines();
    expect(lines).toBe(12);
    expect(detections.map(({ count }) => count)).toEqual([10]);
    expect(commits.flatMap((commit) => commit.detections).map((d) => d.version)).toEqual([1, 2]);
  });

  it.each([1, 2, 3, 5, 8])(
    'killed after %i batches goes on with the same records and detections',
    async (after) => {
      const batches = batchesOfFailures(9);
      for (const batch of batches.slice(0, after)) await journal.append(batch);
      const first = openWriter();
      const before = await startRunner(first);
      before.runner.head(journal.head);
      await until(() => before.commits.at(-1)?.position === journal.head);
      // Killed: the state of the last snapshot is older than what is stored, and nothing is said on the way out.
      await first.stop();
      await before.runner.stop().catch(() => {});

      for (const batch of batches.slice(after)) await journal.append(batch);
      const second = openWriter();
      const { runner, commits } = await startRunner(second);
      runner.head(journal.head);
      await until(() => commits.at(-1)?.position === journal.head);
      await runner.stop();
      await second.stop();
      const { lines, detections } = await storedLines();
      expect(lines).toBe(27);
      expect(detections.map(({ count }) => count)).toEqual([20]);
      const versions = [...before.commits, ...commits]
        .flatMap((commit) => commit.detections)
        .map((d) => d.version);
      expect(versions).toEqual([1, 2, 3]);
    },
  );

  it('tries the same batch again while the store is full, and says so', async () => {
    const inner = openWriter();
    let refusals = 2;
    const store: StoreWriter = {
      ...bind(inner),
      commit(batch: StoreBatch) {
        if (batch.records.length > 0 && refusals-- > 0) return Promise.reject(new StoreFullError('no room'));
        return inner.commit(batch);
      },
    };
    for (const batch of batchesOfFailures(2)) await journal.append(batch);
    const { runner, commits, troubles } = await startRunner(store);
    runner.head(journal.head);
    await until(() => commits.at(-1)?.position === journal.head);
    await runner.stop();
    await inner.stop();
    expect(troubles).toEqual(['no room', 'no room', null]);
    expect((await storedLines()).lines).toBe(6);
  });

  it('reads syslog groups, metrics, and senders without an identity', async () => {
    const line = '<38>Jan 10 03:00:00 pi sshd[7]: Accepted publickey for pi from 192.0.2.7 port 4 ssh2';
    await journal.append([encodeCheckpoint([])]);
    await journal.append(
      encodeEnvelope(
        envelope({
          signal: 'syslog',
          identity: null,
          sender: null,
          remote: '192.0.2.9',
          body: encodeSyslogLines([Buffer.from(line)]),
        }),
      ),
    );
    const points = [
      {
        name: 'system.cpu.utilization',
        unit: '1',
        attributes: { 'cpu.mode': 'user' },
        value: 0.5,
        timeUs: START_US,
      },
    ];
    await journal.append(
      encodeEnvelope(envelope({ signal: 'metrics', body: encodeMetrics(resource, points) })),
    );
    const store = openWriter();
    const { runner, commits } = await startRunner(store);
    runner.head(journal.head);
    await until(() => commits.at(-1)?.position === journal.head);
    await runner.stop();
    await store.stop();
    const reader = openSqliteReader({ path: join(dir, 'nadir.db') });
    const { items } = await reader.records({ limit: 10 });
    expect(items[0]!.event).toMatchObject({
      'event.action': 'ssh_login',
      'event.outcome': 'success',
      'user.name': 'pi',
    });
    expect(await reader.samples({ host: 'node1', name: 'system.cpu.utilization', limit: 5 })).toMatchObject([
      { value: 0.5 },
    ]);
    expect((await reader.nodes()).map(({ agent }) => agent).sort()).toEqual(['agent-1', 'syslog:192.0.2.9']);
    await reader.stop();
  });

  it('reports a node that fell silent, by its own clock', async () => {
    for (const batch of batchesOfFailures(1)) await journal.append(batch);
    const store = openWriter();
    const { runner, commits } = await startRunner(store);
    runner.head(journal.head);
    await until(() => commits.at(-1)?.position === journal.head);
    // The runner looks once a second; the first look starts its watch.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    nowUs += 301 * 1e6;
    await until(() => commits.some((commit) => commit.detections.some((d) => d.rule === 'node-silent')));
    await runner.stop();
    await store.stop();
  });
});

function bind(store: StoreWriter): StoreWriter {
  return {
    commit: (batch) => store.commit(batch),
    checkpoint: () => store.checkpoint(),
    retain: (at) => store.retain(at),
    backlog: () => store.backlog(),
    stop: () => store.stop(),
  };
}

describe('a state that cannot be read', () => {
  it.each([
    ['no compressed data', Buffer.from('nonsense')],
    ['no JSON', zstdCompressSync('{"engine":')],
    ['null', zstdCompressSync('null')],
    ['wrong shapes', zstdCompressSync('{"engine":{"version":1,"attempts":7,"detectors":null},"stage":3}')],
    [
      'hostile shapes inside',
      zstdCompressSync(
        '{"engine":{"version":1,"attempts":{},"detectors":{}},"incidents":{"version":1,"stories":[null]},"stage":{"parsers":[[1]],"nodes":[null]}}',
      ),
    ],
  ])('(%s) never keeps it from starting, and is told of', async (_what, data) => {
    const lost: string[] = [];
    const store = openWriter();
    const state = { position: 0, data };
    await store.commit({
      records: [],
      samples: [],
      detections: [],
      incidents: [],
      nodes: [],
      position: 0,
      state,
    });
    const runner = new PipelineRunner({
      journalDir: join(dir, 'journal'),
      journalMaxBytes: 2 ** 32,
      store,
      settings: DEFAULT_SETTINGS,
      incidents: DEFAULT_INCIDENT_SETTINGS,
      clockUs: () => nowUs,
      onCommitted: () => {},
      onTrouble: () => {},
      onStateLost: (reason) => lost.push(reason),
    });
    await runner.start();
    for (const batch of batchesOfFailures(2)) await journal.append(batch);
    runner.head(journal.head);
    await until(() => runner.stored === journal.head);
    await runner.stop();
    await store.stop();
    expect((await storedLines()).lines).toBe(6);
    expect(lost).toHaveLength(1);
  });
});
