import type { LogRecord } from '@suite/event';
import { type BatchEnvelope, encodeEnvelope } from '@suite/intake';
import { createLogsEncoder } from '@suite/protocol';
import { expect, it } from 'vitest';
import { BatchStage } from '../src/batch-stage.ts';

const NOTE = '{"event":"listener_opened","time_us":1,"server.port":4444,"process.name":"nc"}\n';
const AGENT = { agent: 'node1', epoch: 'e', sequence: 1 };

/** What becomes of a note that a sender sends. */
async function taken(
  stream: { readonly kind: 'file' | 'socket' | 'docker' | 'history' | 'journald'; readonly path?: string },
  identity: BatchEnvelope['identity'],
): Promise<LogRecord> {
  const records: LogRecord[] = [];
  const stage = new BatchStage({
    engine: null,
    onRecord: (record) => records.push(record),
    onSample: () => {},
    onDetection: () => {},
  });
  const encoder = createLogsEncoder({
    resource: { agent: 'node1', host: 'node1', version: '1' },
    capacityBytes: 2 ** 16,
  });
  encoder.begin({ path: 'sockets', stream: 's', format: 'tom-note', ...stream }, 1);
  const bytes = Buffer.from(NOTE);
  encoder.addLines(bytes, 0, bytes.length, 0);
  const body = Buffer.from(encoder.finish());
  const envelope = encodeEnvelope({
    kind: 'batch',
    signal: 'logs',
    encoding: 'identity',
    identity,
    sender: 'nadir',
    remote: '192.0.2.7',
    userAgent: '',
    receivedUs: 1,
    rawBytes: body.length,
    records: 1,
    body,
  });
  await stage.process(40, Buffer.concat(envelope));
  return records[0]!;
}

it.each(['socket', 'docker', 'history'] as const)(
  'takes an agent at its word in its own notes: %s',
  async (kind) => {
    const record = await taken({ kind }, AGENT);
    expect(record.event?.['event.action']).toBe('listener_opened');
    expect(record.origin.agent).toBe('node1');
  },
);

it.each(['file', 'journald'] as const)(
  'lets no line that an agent only read speak in its place: %s',
  async (kind) => {
    expect((await taken({ kind, path: '/var/log/tom-note' }, AGENT)).event?.['event.action']).not.toBe(
      'listener_opened',
    );
  },
);

it('lets no sender without an identity make notes, or lines under the name of an agent', async () => {
  const record = await taken({ kind: 'socket' }, null);
  expect(record.event?.['event.action']).not.toBe('listener_opened');
  expect(record.origin).toMatchObject({ agent: 'otlp:node1', kind: 'otlp' });
  expect(record.id).not.toBe((await taken({ kind: 'socket' }, AGENT)).id);
});
