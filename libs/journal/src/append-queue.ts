import { isErrno } from './errno.ts';
import { SEGMENT_HEADER_BYTES } from './frame.ts';
import { HeadWaiters } from './head-waiters.ts';
import { type Appended, JournalFullError, type JournalOptions } from './port.ts';
import { RecordGroup } from './record-group.ts';
import { recordSize, type SegmentStack } from './segment-stack.ts';

const GROUP_BYTES = 8 * 1024 * 1024;
const DEFAULT_MAX_RECORD_BYTES = 32 * 1024 * 1024;

interface Pending {
  readonly chunks: readonly Uint8Array[];
  readonly length: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** Group commit: one group is written and synced at a time; what is appended meanwhile makes the next group. */
export class AppendQueue {
  private readonly stack: SegmentStack;
  private readonly options: JournalOptions;
  private readonly minCommitted: () => number;
  private readonly group = new RecordGroup();
  private readonly waiters = new HeadWaiters();
  private queue: Pending[] = [];
  private queuedBytes = 0;
  private running: Promise<void> | undefined;
  private trimDue = false;
  private rollDue = false;
  private syncDue = false;
  private syncTimer: NodeJS.Timeout | undefined;
  private failure: Error | undefined;
  private stopped = false;

  constructor(stack: SegmentStack, options: JournalOptions, minCommitted: () => number) {
    this.stack = stack;
    this.options = options;
    this.minCommitted = minCommitted;
  }

  append(chunks: readonly Uint8Array[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      let length = 0;
      for (const chunk of chunks) length += chunk.length;
      const refusal = this.refusal(length);
      if (refusal) return reject(refusal);
      this.queue.push({ chunks, length, resolve, reject });
      this.queuedBytes += recordSize(length);
      this.start();
    });
  }

  waitForHead(position: number, signal: AbortSignal): Promise<void> {
    return this.waiters.wait(this.stack.head, position, signal);
  }

  /** Deletes what every reader is done with, in turn with the writes. */
  trim(): void {
    this.trimDue = true;
    if (!this.stopped) this.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.syncTimer);
    while (this.running) await this.running;
    this.waiters.rejectAll(new Error('the journal is stopped'));
  }

  private refusal(length: number): Error | undefined {
    if (this.failure) return this.failure;
    if (this.stopped) return new Error('the journal is stopped');
    const limit = this.options.maxRecordBytes ?? DEFAULT_MAX_RECORD_BYTES;
    if (length > limit) return new RangeError(`a record of ${length} bytes is over the limit of ${limit}`);
    const { maxBytes, sizeBytes } = this.stack;
    const alone = recordSize(length) + SEGMENT_HEADER_BYTES;
    if (alone > maxBytes) return new RangeError(`a record of ${length} bytes can never fit ${maxBytes}`);
    if (this.options.whenFull === 'drop-oldest') return undefined;
    if (sizeBytes + this.queuedBytes + alone <= maxBytes) return undefined;
    this.makeRoomLater();
    return new JournalFullError(
      'JOURNAL_FULL',
      `journal ${this.options.dir} is at its limit of ${maxBytes} bytes`,
    );
  }

  /** Only closed segments are deleted: when all is read, closing the open one makes room for the next try. */
  private makeRoomLater(): void {
    this.rollDue = true;
    this.trim();
  }

  private start(): void {
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.queue.length > 0 || this.trimDue || this.syncDue) this.start();
    });
  }

  private async run(): Promise<void> {
    // Appends made in the same turn of the event loop belong to one group.
    await Promise.resolve();
    while (this.queue.length > 0 || this.trimDue || this.syncDue) {
      if (this.trimDue) await this.runTrim();
      if (this.syncDue) await this.runSync();
      if (this.queue.length > 0) await this.writeGroup();
    }
  }

  private async runTrim(): Promise<void> {
    this.trimDue = false;
    if (this.rollDue && this.minCommitted() >= this.stack.head) {
      await this.stack.roll().catch(() => undefined);
    }
    this.rollDue = false;
    // A segment that cannot be deleted now goes with a later commit, or after the next start.
    await this.stack.trim(this.minCommitted()).catch(() => undefined);
  }

  private async runSync(): Promise<void> {
    this.syncDue = false;
    await this.stack.sync().catch((error: unknown) => this.fail(error));
  }

  private async writeGroup(): Promise<void> {
    let taken: Pending[] = [];
    try {
      await this.makeRoom();
      taken = this.takeGroup();
      const first = this.stack.head;
      await this.stack.write(this.group.take(), this.group.bytes);
      this.settle(taken, first);
    } catch (error) {
      // Making the segment failed before anything was taken: then it is the first record that could not be had.
      if (taken.length === 0) taken = this.queue.splice(0, 1);
      this.reject(taken, error);
    }
    for (const { length } of taken) this.queuedBytes -= recordSize(length);
  }

  /** Sees to it that the first record in the queue has a segment to go to. */
  private async makeRoom(): Promise<void> {
    const size = recordSize(this.queue[0]!.length);
    if (this.options.whenFull === 'drop-oldest') {
      let rolled = this.stack.sizeBytes === 0;
      while (this.stack.sizeBytes + size + SEGMENT_HEADER_BYTES > this.stack.maxBytes) {
        if (await this.stack.dropOldest(this.minCommitted())) continue;
        if (rolled) break;
        rolled = true;
        await this.stack.roll();
      }
    }
    if (size > this.stack.segmentRoom && !this.stack.segmentEmpty) {
      await this.stack.roll();
      await this.runTrim();
    }
  }

  private takeGroup(): Pending[] {
    this.group.reset();
    const room = Math.min(GROUP_BYTES, this.stack.segmentRoom);
    let count = 0;
    for (const { chunks, length } of this.queue) {
      const size = recordSize(length);
      if (count > 0 && (this.group.bytes + size > room || !this.group.hasRoom())) break;
      this.group.add(chunks, length, this.stack.head + this.group.bytes, this.stack.salt);
      count++;
    }
    return this.queue.splice(0, count);
  }

  private settle(taken: readonly Pending[], first: number): void {
    let position = first;
    for (const { length, resolve } of taken) {
      const next = position + recordSize(length);
      resolve({ position, next });
      position = next;
    }
    this.waiters.moved(this.stack.head);
    const fsync = this.options.fsync ?? 'always';
    if (fsync === 'always' || this.syncTimer || this.stopped) return;
    this.syncTimer = setTimeout(() => {
      this.syncTimer = undefined;
      this.syncDue = true;
      this.start();
    }, fsync.intervalMs);
  }

  private reject(taken: readonly Pending[], error: unknown): void {
    let reason = error;
    if (isErrno(error, 'ENOSPC', 'EDQUOT')) {
      const message = `no room on the disk of journal ${this.options.dir}`;
      reason = new JournalFullError('DISK_FULL', message, { cause: error });
      this.makeRoomLater();
    } else {
      this.fail(error);
    }
    for (const { reject } of taken) reject(reason);
  }

  /** What the disk holds after an I/O error is unknown: no more appends until the journal is opened again. */
  private fail(error: unknown): void {
    this.failure = new Error(`journal ${this.options.dir} failed and takes no more records`, {
      cause: error,
    });
    const rest = this.queue;
    this.queue = [];
    this.queuedBytes = 0;
    for (const { reject } of rest) reject(this.failure);
  }
}
