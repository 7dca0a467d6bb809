import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal, openJournalReader } from './index.ts';
import type { Journal, JournalLoss, JournalOptions, JournalReader } from './port.ts';

let dir: string;
let opened: Journal[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'journal-'));
  opened = [];
});

afterEach(async () => {
  for (const journal of opened) await journal.stop();
  await rm(dir, { recursive: true, force: true });
});

async function create(options: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await openJournal({ dir, ...options });
  opened.push(journal);
  return journal;
}

async function drain(reader: JournalReader, maxBytes = 1000): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const entries = await reader.read(maxBytes);
    if (entries.length === 0) return texts;
    texts.push(...entries.map(({ payload }) => payload.toString('latin1')));
  }
}

const numbered = (count: number, bytes = 100) =>
  Array.from({ length: count }, (_, index) => String(index).padEnd(bytes, '.'));

const appendAll = (journal: Journal, texts: readonly string[]) =>
  Promise.all(texts.map((text) => journal.append([Buffer.from(text, 'latin1')])));

async function poll(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('the condition did not come true');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('journal', () => {
  it('gives back random records in order, over segments and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 4 }), { maxLength: 12 }), {
          maxLength: 5,
        }),
        fc.integer({ min: 200, max: 3000 }),
        fc.integer({ min: 1, max: 2000 }),
        async (sessions, segmentBytes, readBytes) => {
          const own = await mkdtemp(join(dir, 'run-'));
          const expected: string[] = [];
          let next = 0;
          for (const session of sessions) {
            const journal = await openJournal({ dir: own, segmentBytes });
            try {
              const appended = await Promise.all(session.map((chunks) => journal.append(chunks)));
              for (const record of appended) {
                expect(record.position).toBe(next);
                next = record.next;
              }
              expect(journal.head).toBe(next);
              expected.push(...session.map((chunks) => Buffer.concat(chunks).toString('latin1')));
              expect(await drain(await journal.reader('all'), readBytes)).toEqual(expected);
            } finally {
              await journal.stop();
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps files to itself', async () => {
    const journal = await create();
    await appendAll(journal, ['a']);
    await journal.reader('r');
    expect((await stat(join(dir, 'readers'))).mode & 0o777).toBe(0o700);
    for (const name of ['0000000000000000.seg', 'lock', 'readers/r']) {
      expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('keeps a position for each of two readers over a restart', async () => {
    const texts = numbered(20);
    let journal = await create();
    await appendAll(journal, texts);
    const [slow, fast] = [await journal.reader('slow'), await journal.reader('fast')];
    const first = await slow.read(1);
    slow.commit(first[0]!.next);
    await drain(fast);
    fast.commit(journal.head);
    await journal.stop();
    journal = await create();
    expect(await drain(await journal.reader('slow'))).toEqual(texts.slice(1));
    expect(await drain(await journal.reader('fast'))).toEqual([]);
  });

  it('reads again from the committed position after seek', async () => {
    const journal = await create({ segmentBytes: 500 });
    await appendAll(journal, numbered(10));
    const reader = await journal.reader('r');
    const before = await drain(reader);
    reader.seek(reader.committed);
    expect(await drain(reader)).toEqual(before);
  });

  it('deletes segments only when every reader is past them', async () => {
    const journal = await create({ segmentBytes: 1000 });
    const [a, b] = [await journal.reader('a'), await journal.reader('b')];
    for (const text of numbered(40)) await appendAll(journal, [text]);
    a.commit(journal.head);
    expect(journal.tail).toBe(0);
    const entries = await b.read(2000);
    b.commit(entries.at(-1)!.next);
    await poll(() => journal.tail > 0);
    expect(journal.tail).toBeLessThanOrEqual(b.committed);
    expect(await drain(b)).toEqual(numbered(40).slice(entries.length));
    b.commit(journal.head);
    await poll(async () => (await readdir(dir)).filter((name) => name.endsWith('.seg')).length === 1);
  });

  it('refuses at its limit and takes records again when a reader has made room', async () => {
    const journal = await create({ maxBytes: 4000 });
    const reader = await journal.reader('r');
    let count = 0;
    await expect(
      (async () => {
        for (;;) {
          await appendAll(journal, ['x'.repeat(100)]);
          count++;
        }
      })(),
    ).rejects.toMatchObject({ name: 'JournalFullError', code: 'JOURNAL_FULL' });
    expect(count).toBeGreaterThan(20);
    expect(journal.sizeBytes).toBeLessThanOrEqual(4000);
    expect(await drain(reader)).toHaveLength(count);
    reader.commit(journal.head);
    await poll(() => journal.sizeBytes < 2000);
    await appendAll(journal, ['more']);
    expect(await drain(reader)).toEqual(['more']);
  });

  it('takes large records one after another when each is read in between', async () => {
    const journal = await create({ maxBytes: 4000 });
    const reader = await journal.reader('r');
    for (const letter of ['a', 'b', 'c']) {
      await poll(async () => {
        try {
          await appendAll(journal, [letter.repeat(3000)]);
          return true;
        } catch (error) {
          expect(error).toMatchObject({ code: 'JOURNAL_FULL' });
          return false;
        }
      });
      expect(await drain(reader)).toEqual([letter.repeat(3000)]);
      reader.commit(journal.head);
    }
    await expect(appendAll(journal, ['x'.repeat(4000)])).rejects.toThrow(RangeError);
  });

  it('drops the oldest on request and reports what a reader still wanted', async () => {
    const losses: JournalLoss[] = [];
    const journal = await create({
      maxBytes: 4000,
      whenFull: 'drop-oldest',
      onLoss: (loss) => losses.push(loss),
    });
    const reader = await journal.reader('r');
    for (const text of numbered(200)) await appendAll(journal, [text]);
    expect(journal.sizeBytes).toBeLessThanOrEqual(4000);
    const kept = await drain(reader);
    expect(kept).toEqual(numbered(200).slice(-kept.length));
    expect(losses.every(({ reason }) => reason === 'dropped-oldest')).toBe(true);
    expect(losses.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(journal.tail);
  });

  it('puts the checkpoint first in every segment, telling all before it', async () => {
    let seen = 0;
    const checkpoint = () => Buffer.from(`checkpoint ${seen}`);
    const journal = await create({ segmentBytes: 600, checkpoint });
    const reader = await journal.reader('r');
    for (const text of numbered(30)) {
      await appendAll(journal, [text]);
      seen++;
    }
    let records = 0;
    for (const text of await drain(reader)) {
      if (text.startsWith('checkpoint')) expect(text).toBe(`checkpoint ${records}`);
      else records++;
    }
    expect(records).toBe(30);
  });

  it('never gives out a position twice, even when the end was lost to a power failure', async () => {
    let journal = await create();
    await appendAll(journal, numbered(5));
    const { head } = journal;
    const reader = await journal.reader('r');
    reader.commit(head);
    await journal.stop();
    await rm(join(dir, '0000000000000000.seg'));
    journal = await create();
    expect(journal.head).toBe(head);
    const [appended] = await appendAll(journal, ['after']);
    expect(appended!.position).toBe(head);
    expect(await drain(await journal.reader('r'))).toEqual(['after']);
  });

  it('wakes who waits for the head, and whose signal aborts', async () => {
    const journal = await create();
    const woken = journal.waitForHead(0, new AbortController().signal);
    const control = new AbortController();
    const aborted = journal.waitForHead(10_000, control.signal);
    await appendAll(journal, ['a']);
    await woken;
    control.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
  });

  it('refuses a second opening while the first lives', async () => {
    const journal = await create();
    await expect(openJournal({ dir })).rejects.toMatchObject({ code: 'JOURNAL_LOCKED' });
    await journal.stop();
    await create();
  });

  it('is durable after stop with an fsync interval, too', async () => {
    let journal = await create({ fsync: { intervalMs: 5 } });
    await appendAll(journal, numbered(100));
    await journal.stop();
    journal = await create();
    expect(await drain(await journal.reader('r'))).toEqual(numbered(100));
  });

  it('lets a detached reader follow to the head it is told, over deleted segments', async () => {
    const journal = await create({ segmentBytes: 1000 });
    const named = await journal.reader('n');
    const detached = openJournalReader({ dir, from: 0 });
    try {
      const texts = numbered(30);
      for (const text of texts.slice(0, 15)) await appendAll(journal, [text]);
      const limit = journal.head;
      for (const text of texts.slice(15)) await appendAll(journal, [text]);
      const seen: string[] = [];
      for (;;) {
        const entries = await detached.read(300, limit);
        if (entries.length === 0) break;
        seen.push(...entries.map(({ payload }) => payload.toString('latin1')));
      }
      expect(seen).toEqual(texts.slice(0, 15));
      named.commit(journal.head);
      await poll(() => journal.tail > limit);
      detached.seek(0);
      const rest = await detached.read(1_000_000, journal.head);
      expect(rest[0]!.position).toBe(journal.tail);
      expect(rest.at(-1)!.next).toBe(journal.head);
    } finally {
      await detached.stop();
    }
  });
});
