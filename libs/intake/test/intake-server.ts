import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal, type JournalOptions, openJournal } from '@suite/journal';
import { createLogsEncoder } from '@suite/protocol';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  type BatchEnvelope,
  createIntakeCounters,
  decodeEnvelope,
  type IntakeCounters,
  type OtlpRoutesOptions,
  otlpRoutes,
  SERVER_LIMITS,
  SequenceTable,
} from '../src/index.ts';

export const TOKEN = 'test-token-of-some-length';

/** A journal, a table and a real server over it, in a folder that `stop` removes. */
export interface TestIntake {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly journal: Journal;
  readonly sequences: SequenceTable;
  readonly counters: IntakeCounters;
  readonly batches: () => Promise<BatchEnvelope[]>;
  readonly stop: () => Promise<void>;
}

export async function startIntake(
  options: Partial<OtlpRoutesOptions> = {},
  journalOptions: Partial<JournalOptions> = {},
  wrap: (journal: Journal) => Journal = (journal) => journal,
): Promise<TestIntake> {
  const dir = await mkdtemp(join(tmpdir(), 'intake-'));
  const sequences = new SequenceTable();
  const journal = await openJournal({ dir, checkpoint: sequences.checkpoint, ...journalOptions });
  await sequences.load(journal);
  const counters = createIntakeCounters();
  const app = Fastify({ ...SERVER_LIMITS.fastify });
  SERVER_LIMITS.apply(app.server);
  await app.register(otlpRoutes, {
    journal: wrap(journal),
    sequences,
    tokens: [{ name: 'test', token: TOKEN }],
    counters,
    nowUs: () => 1_760_000_000_000_000,
    ...options,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    app,
    journal,
    sequences,
    counters,
    batches: () => readBatches(journal),
    stop: async () => {
      await app.close();
      await sequences.stop();
      await journal.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export async function readBatches(journal: Journal): Promise<BatchEnvelope[]> {
  const reader = await journal.reader('test');
  reader.seek(journal.tail);
  const batches: BatchEnvelope[] = [];
  for (;;) {
    const entries = await reader.read(1e6);
    if (entries.length === 0) return batches;
    for (const { payload } of entries) {
      const envelope = decodeEnvelope(payload);
      if (envelope.kind === 'batch') batches.push(envelope);
    }
  }
}

/** A request of log lines as TOM makes them. */
export function logsRequest(...lines: string[]): Buffer {
  const encoder = createLogsEncoder({
    resource: { host: 'n', agent: 'a', version: '0' },
    capacityBytes: 1024 * 1024,
  });
  encoder.begin({ path: '/l', kind: 'file', stream: 's' }, 1);
  const block = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  encoder.addLines(block, 0, block.length, 0);
  return encoder.finish();
}

export function post(
  url: string,
  body: Uint8Array | string | ReadableStream,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', authorization: `Bearer ${TOKEN}`, ...headers },
    body: body as never,
    duplex: 'half',
  } as RequestInit);
}
