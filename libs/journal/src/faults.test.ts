import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openJournal } from './journal.ts';
import type { JournalLoss } from './port.ts';

const mountPoint = mkdtempSync(join(tmpdir(), 'journal-disk-'));

/** Why the disk cannot be filled here; null when it can. */
function mountSmallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  try {
    mkdirSync(mountPoint, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', mountPoint], { stdio: 'ignore' });
    return null;
  } catch {
    return 'mounting a tmpfs was refused';
  }
}

const unmountable = mountSmallDisk();

afterAll(() => {
  if (unmountable === null) execFileSync('umount', ['-l', mountPoint]);
  rmSync(mountPoint, { recursive: true, force: true });
});

async function readAll(dir: string, losses: JournalLoss[] = []): Promise<string[]> {
  const journal = await openJournal({ dir, onLoss: (loss) => losses.push(loss) });
  try {
    const reader = await journal.reader('check');
    const texts: string[] = [];
    for (let entries = await reader.read(100_000); entries.length > 0; entries = await reader.read(100_000)) {
      texts.push(...entries.map(({ payload }) => payload.toString('latin1')));
    }
    return texts;
  } finally {
    await journal.stop();
  }
}

/** Runs an appender, kills it after `afterLines` acknowledgements; gives back the numbers acknowledged. */
async function killAppender(dir: string, first: number, afterLines: number): Promise<number[]> {
  const script = join(import.meta.dirname, 'appender.fixture.ts');
  const child = spawn(process.execPath, [script, dir, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.split('\n').length > afterLines) child.kill('SIGKILL');
      });
      child.on('error', reject);
      child.on('close', () => resolve());
    });
  } finally {
    child.kill('SIGKILL');
  }
  // The last line may have been cut off by the kill.
  return output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);
}

describe('journal under faults', () => {
  it('has every acknowledged record, in order, after SIGKILL at random moments', {
    timeout: 90_000,
  }, async () => {
    const dir = await mkdtemp(join(tmpdir(), 'journal-kill-'));
    try {
      const acknowledged: number[] = [];
      for (let round = 0; round < 20; round++) {
        const first = (acknowledged.at(-1) ?? 0) + 1000;
        acknowledged.push(...(await killAppender(dir, first, 1 + ((round * 37) % 120))));
        const losses: JournalLoss[] = [];
        const kept = (await readAll(dir, losses)).map((text) => Number.parseInt(text, 10));
        expect(losses.filter(({ reason }) => reason !== 'torn-tail')).toEqual([]);
        expect(kept).toEqual([...kept].sort((a, b) => a - b));
        const there = new Set(kept);
        expect(acknowledged.filter((number) => !there.has(number))).toEqual([]);
      }
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it.skipIf(unmountable !== null)(
    `rejects appends on a full disk, keeps the others, goes on when there is room${unmountable ? ` (${unmountable})` : ''}`,
    async () => {
      const dir = join(mountPoint, 'journal');
      const ballast = join(mountPoint, 'ballast');
      const journal = await openJournal({ dir, segmentBytes: 60_000, maxBytes: 10_000_000 });
      const kept: string[] = [];
      try {
        await writeFile(ballast, Buffer.alloc(60_000));
        const texts = Array.from({ length: 400 }, (_, index) => `${index} `.padEnd(1000, 'x'));
        const results = await Promise.allSettled(texts.map((text) => journal.append([Buffer.from(text)])));
        for (const [index, result] of results.entries()) {
          if (result.status === 'fulfilled') kept.push(texts[index]!);
          else expect(result.reason).toMatchObject({ name: 'JournalFullError', code: 'DISK_FULL' });
        }
        expect(kept.length).toBeGreaterThan(20);
        expect(kept.length).toBeLessThan(300);
        await unlink(ballast);
        for (const text of ['room again', 'and more']) {
          await journal.append([Buffer.from(text)]);
          kept.push(text);
        }
      } finally {
        await journal.stop();
      }
      const losses: JournalLoss[] = [];
      expect(await readAll(dir, losses)).toEqual(kept);
      expect(losses).toEqual([]);
      await rm(dir, { recursive: true });
    },
  );

  it.skipIf(unmountable !== null)(
    `fills and empties a disk that is smaller than a segment should be${unmountable ? ` (${unmountable})` : ''}`,
    async () => {
      const journal = await openJournal({
        dir: join(mountPoint, 'small'),
        checkpoint: () => Buffer.from('state'),
      });
      const fill = async () => {
        let count = 0;
        try {
          for (;;) {
            await journal.append([Buffer.alloc(20_000)]);
            count++;
          }
        } catch (error) {
          expect(error).toMatchObject({ code: 'DISK_FULL' });
        }
        return count;
      };
      try {
        const reader = await journal.reader('r');
        for (let round = 0; round < 3; round++) {
          let count = 0;
          const deadline = performance.now() + 10_000;
          while (count === 0 && performance.now() < deadline) count = await fill();
          expect(count).toBeGreaterThan(0);
          while ((await reader.read(100_000)).length > 0);
          reader.commit(journal.head);
        }
      } finally {
        await journal.stop();
        await rm(join(mountPoint, 'small'), { recursive: true });
      }
    },
  );
});
