import { statfs } from 'node:fs/promises';
import { type Appended, type Journal, JournalFullError, type JournalReader } from '@suite/journal';

/** Free bytes that are left to the store, at most; on small disks a quarter of the disk. */
const ROOM_BYTES = 128 * 1024 * 1024;
const ROOM_SHARE = 4;
/** So much may be appended between two looks at the disk. */
const LOOK_BYTES = 1024 * 1024;
const NO_SIZE = { blocks: 0, bavail: 0, bsize: 0 };

/** Blocks of a folder's disk: all, free for us, and their size in bytes. */
type AskDisk = (dir: string) => Promise<typeof NO_SIZE>;

/**
 * A journal that refuses records while its disk is nearly full, as if it were full. The store that empties it lies on
 * the same disk: a journal that took the last byte could never be emptied again.
 */
export class JournalWithRoom implements Journal {
  readonly #journal: Journal;
  readonly #dir: string;
  readonly #ask: AskDisk;
  #appendedBytes = 0;
  #full = false;

  private constructor(journal: Journal, dir: string, ask: AskDisk) {
    this.#journal = journal;
    this.#dir = dir;
    this.#ask = ask;
  }

  /** @param dir any folder on the disk in question. */
  static async create(journal: Journal, dir: string, ask: AskDisk = statfs): Promise<JournalWithRoom> {
    const made = new JournalWithRoom(journal, dir, ask);
    await made.#look();
    return made;
  }

  get head(): number {
    return this.#journal.head;
  }

  get tail(): number {
    return this.#journal.tail;
  }

  get sizeBytes(): number {
    return this.#journal.sizeBytes;
  }

  append(chunks: readonly Uint8Array[]): Promise<Appended> {
    for (const chunk of chunks) this.#appendedBytes += chunk.byteLength;
    // Beside the append, not before it: appends keep the order of their calls.
    if (this.#full || this.#appendedBytes >= LOOK_BYTES) void this.#look();
    if (!this.#full) return this.#journal.append(chunks);
    const message = `the rest of the disk of ${this.#dir} is kept for the store`;
    return Promise.reject(new JournalFullError('DISK_FULL', message));
  }

  waitForHead(position: number, signal: AbortSignal): Promise<void> {
    return this.#journal.waitForHead(position, signal);
  }

  reader(name: string): Promise<JournalReader> {
    return this.#journal.reader(name);
  }

  stop(): Promise<void> {
    return this.#journal.stop();
  }

  async #look(): Promise<void> {
    this.#appendedBytes = 0;
    // Some network file systems do not tell their size; then the journal fills the disk before it refuses.
    const { blocks, bavail, bsize } = await this.#ask(this.#dir).catch(() => NO_SIZE);
    this.#full = blocks > 0 && bavail * bsize < Math.min(ROOM_BYTES, (blocks * bsize) / ROOM_SHARE);
  }
}
