import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RECORD_HEADER_BYTES, SEGMENT_HEADER_BYTES } from './frame.ts';
import { openJournal } from './journal.ts';
import type { JournalLoss } from './port.ts';

const SEGMENT_BYTES = 400;
/** Thousands of openings, each with its syncs: a slow disk needs its time. */
const MANY = { timeout: 120_000 };
let dir: string;
let original: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'journal-recovery-'));
  original = join(dir, 'original');
});

afterEach(() => rm(dir, { recursive: true, force: true }));

/** Writes records of different lengths; gives back texts and where each ends, by position. */
async function write(count: number): Promise<{ texts: string[]; nexts: number[] }> {
  const texts = Array.from({ length: count }, (_, index) =>
    `record ${index} `.padEnd(12 + (index % 5) * 9, 'x'),
  );
  const nexts: number[] = [];
  const journal = await openJournal({ dir: original, segmentBytes: SEGMENT_BYTES });
  for (const text of texts) nexts.push((await journal.append([Buffer.from(text)])).next);
  await journal.stop();
  return { texts, nexts };
}

const segmentsOf = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.endsWith('.seg')).sort();

async function copy(name: string): Promise<string> {
  const target = join(dir, name);
  await mkdir(target);
  for (const segment of await segmentsOf(original))
    await copyFile(join(original, segment), join(target, segment));
  return target;
}

/** Opens, reads all, and (unless told otherwise) appends one more, opens and reads again. */
async function reopen(folder: string, attempts = [0, 1]): Promise<{ kept: string[]; losses: JournalLoss[] }> {
  const losses: JournalLoss[] = [];
  let kept: string[] = [];
  for (const attempt of attempts) {
    const onLoss = (loss: JournalLoss) => attempt === 0 && losses.push(loss);
    const journal = await openJournal({ dir: folder, segmentBytes: SEGMENT_BYTES, onLoss });
    try {
      const reader = await journal.reader('all');
      const texts: string[] = [];
      for (let entries = await reader.read(100); entries.length > 0; entries = await reader.read(100)) {
        texts.push(...entries.map(({ payload }) => payload.toString()));
      }
      if (attempt === 0) kept = texts;
      else expect(texts).toEqual([...kept, 'one more']);
      if (attempts.length > 1) await journal.append([Buffer.from('one more')]);
    } finally {
      await journal.stop();
    }
  }
  return { kept, losses };
}

describe('recovery', () => {
  it('keeps every whole record when the last segment is cut at any byte', MANY, async () => {
    const { texts, nexts } = await write(14);
    const last = (await segmentsOf(original)).at(-1)!;
    const base = Number.parseInt(last, 10);
    const { size } = await stat(join(original, last));
    expect(base).toBeGreaterThan(0);
    for (let length = 0; length < size; length++) {
      const folder = await copy(`cut-${length}`);
      await truncate(join(folder, last), length);
      const end = base + length - SEGMENT_HEADER_BYTES;
      const { kept, losses } = await reopen(folder);
      const whole = nexts.filter((next) => next <= Math.max(base, end));
      expect(kept, `cut at ${length}`).toEqual(texts.slice(0, whole.length));
      const bytes = Math.max(0, end - whole.at(-1)!);
      expect(losses.reduce((sum, loss) => sum + loss.bytes, 0)).toBe(bytes);
      if (bytes > 0) expect(losses.map(({ reason }) => reason)).toEqual(['torn-tail']);
      await rm(folder, { recursive: true });
    }
  });

  it('loses at most the record hit by a flipped bit anywhere', MANY, async () => {
    const { texts } = await write(12);
    for (const segment of await segmentsOf(original)) {
      const { size } = await stat(join(original, segment));
      for (let at = 0; at < size; at++) {
        const folder = await copy(`flip-${segment}-${at}`);
        const bytes = await readFile(join(folder, segment));
        bytes[at]! ^= 1 << (at % 8);
        await writeFile(join(folder, segment), bytes);
        const { kept, losses } = await reopen(folder, [0]);
        const missing = texts.filter((text) => !kept.includes(text));
        expect(missing.length, `flip at ${at} of ${segment}`).toBeLessThanOrEqual(1);
        expect(kept).toEqual(texts.filter((text) => text !== missing[0]));
        expect(losses.length).toBe(missing.length);
        await rm(folder, { recursive: true });
      }
    }
  });

  it('does not take what a payload imitates for a record', async () => {
    const journal = await openJournal({ dir: original });
    const first = await journal.append([Buffer.from('first')]);
    await journal.stop();
    const bytes = await readFile(join(original, '0000000000000000.seg'));
    const imitation = bytes.subarray(SEGMENT_HEADER_BYTES);
    const again = await openJournal({ dir: original });
    await again.append([Buffer.concat([imitation, imitation])]);
    await again.append([Buffer.from('last')]);
    await again.stop();
    const damaged = await readFile(join(original, '0000000000000000.seg'));
    damaged[SEGMENT_HEADER_BYTES + first.next + 5]! ^= 1;
    await writeFile(join(original, '0000000000000000.seg'), damaged);
    const { kept, losses } = await reopen(original);
    expect(kept).toEqual(['first', 'last']);
    const length = 2 * imitation.length + RECORD_HEADER_BYTES;
    expect(losses).toEqual([{ reason: 'corrupt-record', position: first.next, bytes: length }]);
  });

  it('refuses a segment of a version it does not know', async () => {
    await write(1);
    const path = join(original, '0000000000000000.seg');
    const { crc32 } = await import('node:zlib');
    const bytes = await readFile(path);
    bytes.writeUInt32LE(9, 8);
    bytes.writeUInt32LE(crc32(bytes.subarray(0, 28)), 28);
    await writeFile(path, bytes);
    await expect(openJournal({ dir: original })).rejects.toThrow('version 9');
  });

  it('does not block on the lock of a process that is gone', async () => {
    await mkdir(original);
    await writeFile(join(original, 'lock'), '999999999 1 boot');
    await (await openJournal({ dir: original })).stop();
    await writeFile(join(original, 'lock'), `${process.pid} 1 another-boot`);
    await (await openJournal({ dir: original })).stop();
  });
});
