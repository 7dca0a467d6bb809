/** An intake of its own, to be killed: takes the journal's folder and the token, prints its address. */
import { openJournal } from '@suite/journal';
import Fastify from 'fastify';
import { createIntakeCounters, otlpRoutes, SERVER_LIMITS, SequenceTable } from '../src/index.ts';

const [dir = '', token = ''] = process.argv.slice(2);
const sequences = new SequenceTable();
const journal = await openJournal({
  dir,
  segmentBytes: 8192,
  checkpoint: sequences.checkpoint,
  commitIntervalMs: 0,
});
await sequences.load(journal);
// Keeps every segment, for the test to read.
await journal.reader('test');
const app = Fastify(SERVER_LIMITS.fastify);
await app.register(otlpRoutes, {
  journal,
  sequences,
  tokens: [{ name: 'test', token }],
  counters: createIntakeCounters(),
  nowUs: () => 1,
});
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
