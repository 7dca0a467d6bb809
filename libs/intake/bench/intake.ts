/**
 * How fast one sender's batches become durable: encode, zstd, HTTP, check, journal, 200; one batch in flight, as
 * TOM sends. Sender and server share this process. Run: `node libs/intake/bench/intake.ts [zstd level|none]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '@suite/journal';
import { compressZstd, createLogsEncoder, writeBatchIdentity } from '@suite/protocol';
import Fastify from 'fastify';
import { createIntakeCounters, otlpRoutes, SERVER_LIMITS, SequenceTable } from '../src/index.ts';

const LINE_BYTES = 150;
const TOTAL_BYTES = 1024 * 1024 * 1024;
const TOKEN = 'bench-token-of-some-length';
const level = process.argv[2] ?? '1';

const dir = await mkdtemp(join(tmpdir(), 'bench-intake-'));
const sequences = new SequenceTable();
const journal = await openJournal({ dir, checkpoint: sequences.checkpoint, maxBytes: 4 * TOTAL_BYTES });
await sequences.load(journal);
const app = Fastify(SERVER_LIMITS.fastify);
await app.register(otlpRoutes, {
  journal,
  sequences,
  tokens: [{ name: 'bench', token: TOKEN }],
  counters: createIntakeCounters(),
  nowUs: () => 1,
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
const agent = new Agent({ keepAlive: true });

const words =
  'Failed password for invalid user admin from 192.0.2.1 port 22 ssh2 session opened closed by'.split(' ');
const block = Buffer.from(
  `${Array.from({ length: 14_000 }, (_, i) => {
    const text = Array.from({ length: 30 }, (_, j) => words[(i * 7 + j * (i % 5)) % words.length]).join(' ');
    return `${i} ${text}`.padEnd(LINE_BYTES - 1, '.').slice(0, LINE_BYTES - 1);
  }).join('\n')}\n`,
);
const encoder = createLogsEncoder({
  resource: { host: 'b', agent: 'b', version: '0' },
  capacityBytes: 4 * 1024 * 1024,
});

function send(body: Buffer, sequence: number): Promise<number> {
  const headers = {
    'content-type': 'application/x-protobuf',
    'content-encoding': level === 'none' ? 'identity' : 'zstd',
    'content-length': String(body.length),
    authorization: `Bearer ${TOKEN}`,
    ...writeBatchIdentity({ agent: 'b', epoch: 'b', sequence }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/v1/logs`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const cpu = process.cpuUsage();
const start = process.hrtime.bigint();
const latencies: number[] = [];
let offset = 0;
for (let sequence = 1; offset < TOTAL_BYTES; sequence += 1) {
  const began = performance.now();
  encoder.reset();
  encoder.begin({ path: '/l', kind: 'file', stream: 's' }, 1);
  encoder.addLines(block, 0, block.length, offset);
  const body = level === 'none' ? encoder.finish() : await compressZstd(encoder.finish(), Number(level));
  const status = await send(body, sequence);
  if (status !== 200) throw new Error(`answered ${status}`);
  latencies.push(performance.now() - began);
  offset += block.length;
}
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const used = process.cpuUsage(cpu);
latencies.sort((a, b) => a - b);
console.log(
  JSON.stringify({ machine: cpus()[0]?.model, cores: cpus().length, node: process.version, level }),
);
console.log(
  JSON.stringify({
    bench: 'intake',
    figure: 'acknowledged',
    value: Math.round(offset / seconds / 1048576),
    unit: 'MiB/s',
  }),
);
console.log(
  JSON.stringify({
    bench: 'intake',
    figure: 'cpu',
    value: (used.user + used.system) / 1e6 / (offset / 1e9),
    unit: 's/GB',
  }),
);
console.log(
  JSON.stringify({
    bench: 'intake',
    figure: 'batch p99',
    value: Math.round(latencies[Math.floor(latencies.length * 0.99)]!),
    unit: 'ms',
  }),
);
console.log(
  JSON.stringify({
    bench: 'intake',
    figure: 'rss',
    value: Math.round(process.memoryUsage().rss / 1048576),
    unit: 'MiB',
  }),
);
agent.destroy();
await app.close();
await sequences.stop();
await journal.stop();
await rm(dir, { recursive: true, force: true });
