/**
 * How fast lines become OTLP and are checked and read again, in one thread. Run: `node libs/protocol/bench/logs.ts`.
 */
import { cpus } from 'node:os';
import { createLogsEncoder, decodeLogs, validateLogs } from '../src/index.ts';

const LINE_BYTES = 150;
const BLOCK_LINES = 1_700;
const TOTAL_BYTES = 1024 * 1024 * 1024;

const line = `${'Nov 20 10:11:12 host sshd[1234]: Failed password for invalid user admin from 192.0.2.1 port 22 ssh2 '.padEnd(LINE_BYTES - 1, 'x')}\n`;
const block = Buffer.from(line.repeat(BLOCK_LINES));
const encoder = createLogsEncoder({
  resource: { host: 'bench', agent: 'bench', version: '0' },
  capacityBytes: 1024 * 1024,
});
const scope = { path: '/var/log/auth.log', kind: 'file', stream: 'a1b2c3' };

function encodeAll(totalBytes: number): number {
  let requests = 0;
  encoder.begin(scope, 1_760_000_000_000_000);
  for (let offset = 0; offset < totalBytes; offset += block.length) {
    for (let at = 0; at < block.length; ) {
      at = encoder.addLines(block, at, block.length, offset + at);
      if (at < block.length) {
        requests += encoder.finish().length > 0 ? 1 : 0;
        encoder.reset();
      }
    }
  }
  return requests;
}

function timed(figure: string, unit: string, amount: number, run: () => void): void {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  run();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const used = process.cpuUsage(cpu);
  const cpuSeconds = (used.user + used.system) / 1e6;
  const value = Math.round(amount / seconds);
  console.log(
    JSON.stringify({ bench: 'protocol', figure, value, unit, perCpuSecond: Math.round(amount / cpuSeconds) }),
  );
}

console.log(JSON.stringify({ machine: cpus()[0]?.model, cores: cpus().length, node: process.version }));
encodeAll(64 * 1024 * 1024);
timed('encode', 'MB/s', TOTAL_BYTES / 1e6, () => encodeAll(TOTAL_BYTES));

encoder.reset();
encoder.addLines(block, 0, block.length, 0);
const request = Buffer.from(encoder.finish());
const rounds = 1500;
for (let i = 0; i < 100; i += 1) validateLogs(request);
timed('validate', 'records/s', rounds * BLOCK_LINES, () => {
  for (let i = 0; i < rounds; i += 1) validateLogs(request);
});
let seen = 0;
timed('decode', 'records/s', rounds * BLOCK_LINES, () => {
  for (let i = 0; i < rounds; i += 1) {
    decodeLogs(
      request,
      () => {},
      (log) => {
        seen += log.body.length;
      },
    );
  }
});
if (seen !== rounds * BLOCK_LINES * (LINE_BYTES - 1)) throw new Error('the decoder lost bytes');
