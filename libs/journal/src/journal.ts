import { randomInt } from 'node:crypto';
import { mkdir, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AppendQueue } from './append-queue.ts';
import { type Lock, takeLock } from './lock.ts';
import { NamedReader } from './named-reader.ts';
import type { Appended, Journal, JournalOptions, JournalReader } from './port.ts';
import { readPosition } from './position-file.ts';
import { recover } from './recovery.ts';
import { SegmentStack } from './segment-stack.ts';

const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;
const READER_NAME = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Opens the journal in a folder, which is made when missing (0700), recovers it, and locks it against others.
 * @throws JournalLockedError when a live process has it open.
 */
export async function openJournal(wanted: JournalOptions): Promise<Journal> {
  const { dir } = wanted;
  await mkdir(join(dir, 'readers'), { recursive: true, mode: 0o700 });
  const lock = await takeLock(dir);
  try {
    const options = { ...wanted, segmentBytes: await fitSegment(wanted) };
    const { segments, head, salt } = await recover(dir, options.onLoss ?? (() => undefined));
    const positions = await storedPositions(dir);
    // After a power loss the log may end before what was read already: positions are never given out twice.
    const floor = Math.max(head, options.startAt ?? 0, ...positions.values());
    const stack = await SegmentStack.open(options, segments, floor, salt ?? randomInt(2 ** 32));
    return new FolderJournal(options, stack, lock, positions);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A full disk is emptied segment by segment: on a small one, segments must be small, too. */
async function fitSegment({ dir, segmentBytes = DEFAULT_SEGMENT_BYTES }: JournalOptions): Promise<number> {
  const { blocks, bsize } = await statfs(dir);
  const share = Math.floor((blocks * bsize) / 8);
  // Some network file systems do not tell their size.
  return share > 0 ? Math.min(segmentBytes, share) : segmentBytes;
}

async function storedPositions(dir: string): Promise<Map<string, number>> {
  const positions = new Map<string, number>();
  for (const name of await readdir(join(dir, 'readers'))) {
    if (name.endsWith('.new')) continue;
    positions.set(name, (await readPosition(join(dir, 'readers', name))) ?? 0);
  }
  return positions;
}

class FolderJournal implements Journal {
  private readonly options: JournalOptions;
  private readonly stack: SegmentStack;
  private readonly lock: Lock;
  private readonly queue: AppendQueue;
  /** Committed positions of readers that are known but not open. */
  private readonly idle: Map<string, number>;
  private readonly readers = new Map<string, Promise<NamedReader>>();
  private readonly open = new Map<string, NamedReader>();
  private stopping: Promise<void> | undefined;

  constructor(options: JournalOptions, stack: SegmentStack, lock: Lock, idle: Map<string, number>) {
    this.options = options;
    this.stack = stack;
    this.lock = lock;
    this.idle = idle;
    this.queue = new AppendQueue(stack, options, () => this.minCommitted());
  }

  get head(): number {
    return this.stack.head;
  }

  get tail(): number {
    return this.stack.tail;
  }

  get sizeBytes(): number {
    return this.stack.sizeBytes;
  }

  append(chunks: readonly Uint8Array[]): Promise<Appended> {
    return this.queue.append(chunks);
  }

  waitForHead(position: number, signal: AbortSignal): Promise<void> {
    return this.queue.waitForHead(position, signal);
  }

  async reader(name: string): Promise<JournalReader> {
    if (!READER_NAME.test(name) || name.endsWith('.new')) throw new RangeError(`not a reader name: ${name}`);
    if (this.stopping) throw new Error('the journal is stopped');
    let reader = this.readers.get(name);
    if (!reader) {
      reader = this.openReader(name);
      this.readers.set(name, reader);
    }
    return reader;
  }

  stop(): Promise<void> {
    this.stopping ??= this.close();
    return this.stopping;
  }

  private async openReader(name: string): Promise<NamedReader> {
    const owner = {
      stack: this.stack,
      get head() {
        return this.stack.head;
      },
      get tail() {
        return this.stack.tail;
      },
      committed: () => this.queue.trim(),
    };
    const { dir, commitIntervalMs = 200 } = this.options;
    const reader = await NamedReader.open(join(dir, 'readers', name), dir, owner, commitIntervalMs);
    this.idle.delete(name);
    this.open.set(name, reader);
    return reader;
  }

  private minCommitted(): number {
    let min = Number.POSITIVE_INFINITY;
    for (const position of this.idle.values()) min = Math.min(min, position);
    for (const reader of this.open.values()) min = Math.min(min, reader.committed);
    return min === Number.POSITIVE_INFINITY ? 0 : min;
  }

  private async close(): Promise<void> {
    try {
      await this.queue.stop();
      for (const reader of this.readers.values()) await (await reader).stop();
      await this.stack.close();
    } finally {
      await this.lock.release();
    }
  }
}
