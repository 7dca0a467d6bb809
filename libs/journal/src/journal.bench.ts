import { mkdtemp, rm } from 'node:fs/promises';
import { arch, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from './journal.ts';

/** `node libs/journal/src/journal.bench.ts [DIR]`: durable appends, fsync always, with 64 under way at once. */
const CONCURRENT = 64;

async function measure(parent: string, recordBytes: number, count: number): Promise<void> {
  const dir = await mkdtemp(join(parent, 'journal-bench-'));
  try {
    const journal = await openJournal({ dir });
    const payload = Buffer.alloc(recordBytes, 'x');
    let left = count;
    const cpuBefore = process.cpuUsage();
    const begin = process.hrtime.bigint();
    const appender = async () => {
      while (left-- > 0) await journal.append([payload]);
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENT, count) }, appender));
    const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
    const cpu = process.cpuUsage(cpuBefore);
    await journal.stop();
    const bytes = recordBytes * count;
    console.log(
      `${recordBytes} B records: ${Math.round(count / seconds)} appends/s, ` +
        `${(bytes / seconds / 1e6).toFixed(1)} MB/s, ` +
        `${((cpu.user + cpu.system) / 1e6 / (bytes / 1e9)).toFixed(2)} CPU s/GB`,
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const parent = process.argv[2] ?? tmpdir();
console.log(`node ${process.version} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, in ${parent}`);
await measure(parent, 1024, 100_000);
await measure(parent, 1024 * 1024, 700);
