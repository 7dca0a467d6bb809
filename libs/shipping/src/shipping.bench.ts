import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { arch, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { compressZstd } from '@suite/protocol';
import { Batcher } from './batcher.ts';
import { Shipper } from './shipper.ts';
import { openSpool } from './spool.ts';

/** `node libs/shipping/src/shipping.bench.ts [MB] [ZSTD-LEVEL] [BLOCK-KIB]`: lines from memory to acknowledged. */
const totalBytes = Number(process.argv[2] ?? 1000) * 1e6;
const level = Number(process.argv[3] ?? 1);
const blockBytes = Number(process.argv[4] ?? 1024) * 1024;

function makeBlock(): Buffer {
  const lines: string[] = [];
  let seed = 1;
  const random = (limit: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed % limit;
  };
  for (let size = 0; size + 150 <= blockBytes; size += 150) {
    const address = `10.${random(256)}.${random(256)}.${random(256)}`;
    const head = `Nov 21 01:${10 + random(50)}:${10 + random(50)} node1 sshd[${1000 + random(60_000)}]: `;
    const text = `${head}Failed password for invalid user u${random(5000)} from ${address} port ${random(65_536)} ssh2`;
    lines.push(text.padEnd(149, ' id=').slice(0, 149));
  }
  return Buffer.from(`${lines.join('\n')}\n`, 'latin1');
}

const dir = await mkdtemp(join(tmpdir(), 'shipping-bench-'));
const peer = spawn(process.execPath, [join(import.meta.dirname, 'sink-peer.fixture.ts')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
try {
  const [port] = (await once(peer.stdout, 'data')) as [Buffer];
  const spool = await openSpool({ dir: join(dir, 'spool'), makeEpoch: () => 'bench' });
  const batcher = new Batcher({
    spool,
    resource: { host: 'node1', agent: 'bench', version: '0' },
    compress: (body) => compressZstd(body, level),
    encoding: 'zstd',
  });
  const shipper = new Shipper({
    url: `http://127.0.0.1:${String(port).trim()}`,
    outlet: spool.outlet,
    agent: 'bench',
    token: () => null,
    backOff: { random: () => 0.5 },
    nowMs: () => 0,
  });
  const buffer = makeBlock();
  const info = { source: 'files', key: 'k', kind: 'file', path: '/var/log/bench', stream: 's' } as const;
  shipper.start();
  const rssBefore = process.memoryUsage.rss();
  const cpuBefore = process.cpuUsage();
  const begin = process.hrtime.bigint();
  let offset = 0;
  while (offset < totalBytes) {
    const resume = { offset: offset + buffer.length };
    await batcher.lines({ info, buffer, start: 0, end: buffer.length, offset, observedUs: 1e15, resume });
    offset += buffer.length;
  }
  await batcher.flush();
  const acked = () => spool.ledger.rows()[0]?.acknowledgedBytes ?? 0;
  while (acked() < offset) await new Promise((resolve) => setTimeout(resolve, 1));
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const cpu = process.cpuUsage(cpuBefore);
  const highWater = /VmHWM:\s*(\d+)/.exec(await readFile('/proc/self/status', 'utf8').catch(() => ''))?.[1];
  await batcher.stop();
  await shipper.stop();
  await spool.stop();
  const cpuPerGb = (cpu.user + cpu.system) / 1e6 / (offset / 1e9);
  console.log(
    `node ${process.version} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, zstd ${level}, blocks of ${blockBytes >> 10} KiB`,
  );
  console.log(
    `${(offset / seconds / 1e6).toFixed(0)} MB/s acknowledged, ${cpuPerGb.toFixed(2)} CPU s/GB, peak RSS ${(Number(highWater ?? 0) / 1024).toFixed(0)} MiB (${rssBefore >> 20} MiB at the start)`,
  );
} finally {
  peer.stdin.end();
  await rm(dir, { recursive: true, force: true });
}
