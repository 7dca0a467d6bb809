import type { JournalEntry, JournalReader } from './port.ts';
import { readPosition, writePosition } from './position-file.ts';
import { SegmentCursor } from './segment-cursor.ts';

/** What a reader needs of its journal. */
export interface ReaderOwner {
  readonly head: number;
  readonly tail: number;
  /** Called after each commit, so that segments nobody needs can go. */
  committed(): void;
}

export class NamedReader implements JournalReader {
  committed: number;
  private readonly path: string;
  private readonly owner: ReaderOwner;
  private readonly cursor: SegmentCursor;
  private readonly commitIntervalMs: number;
  private written: number;
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  private constructor(path: string, dir: string, owner: ReaderOwner, from: number, commitIntervalMs: number) {
    this.path = path;
    this.owner = owner;
    this.committed = from;
    this.written = from;
    this.cursor = new SegmentCursor(dir, from);
    this.commitIntervalMs = commitIntervalMs;
  }

  /** Restores the reader that the file at `path` keeps, or makes a new one at the tail. */
  static async open(path: string, dir: string, owner: ReaderOwner, commitIntervalMs: number) {
    const stored = await readPosition(path);
    const from = Math.max(owner.tail, stored ?? owner.tail);
    if (from !== stored) await writePosition(path, from);
    return new NamedReader(path, dir, owner, from, commitIntervalMs);
  }

  get position(): number {
    return this.cursor.position;
  }

  read(maxBytes: number): Promise<readonly JournalEntry[]> {
    return this.cursor.read(maxBytes, this.owner.head);
  }

  seek(position: number): void {
    this.cursor.position = position;
  }

  commit(position: number): void {
    if (position <= this.committed) return;
    this.committed = Math.min(position, this.owner.head);
    this.owner.committed();
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.save();
    }, this.commitIntervalMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.save();
    await this.writing;
    await this.cursor.close();
  }

  private save(): void {
    this.writing = this.writing.then(async () => {
      const position = this.committed;
      if (position === this.written) return;
      // A full disk only makes the reader start further back next time; the next commit tries again.
      await writePosition(this.path, position).then(
        () => {
          this.written = position;
        },
        () => undefined,
      );
    });
  }
}
