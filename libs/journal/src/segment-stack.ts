import { unlink } from 'node:fs/promises';
import { RECORD_HEADER_BYTES, SEGMENT_HEADER_BYTES } from './frame.ts';
import type { JournalOptions } from './port.ts';
import type { Segment } from './recovery.ts';
import { segmentPath } from './segment-folder.ts';
import { SegmentWriter } from './segment-writer.ts';

const DEFAULT_MAX_BYTES = 1024 * 1024 * 1024;

type SegmentOptions = JournalOptions & { readonly segmentBytes: number };

/** The segments of a journal: the closed ones, oldest first, and the one that is written. */
export class SegmentStack {
  readonly salt: number;
  readonly maxBytes: number;
  readonly segmentBytes: number;
  head: number;
  private readonly options: SegmentOptions;
  private readonly closed: Segment[];
  private writer: SegmentWriter | undefined;

  private constructor(options: SegmentOptions, closed: Segment[], head: number, salt: number) {
    this.options = options;
    this.closed = closed;
    this.head = head;
    this.salt = salt;
    this.maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    // Only whole closed segments are given back: several must fit, or a full journal could not be emptied.
    this.segmentBytes = Math.min(options.segmentBytes, Math.floor(this.maxBytes / 4));
  }

  /** @param head where the next record goes; a gap after the last segment is fine. */
  static async open(options: SegmentOptions, segments: Segment[], head: number, salt: number) {
    const stack = new SegmentStack(options, segments, head, salt);
    const last = segments.at(-1);
    if (last && last.end === head) {
      stack.writer = await SegmentWriter.reopen(options.dir, last);
      segments.pop();
    }
    return stack;
  }

  get tail(): number {
    return this.closed[0]?.base ?? this.writer?.segment.base ?? this.head;
  }

  get sizeBytes(): number {
    let size = this.writer ? segmentSize(this.writer.segment) : 0;
    for (const segment of this.closed) size += segmentSize(segment);
    return size;
  }

  /** Bytes that the open segment can still take; 0 when a new one is due. */
  get segmentRoom(): number {
    if (!this.writer) return 0;
    return Math.max(0, this.segmentBytes - segmentSize(this.writer.segment));
  }

  /** Whether the open segment has no record yet, so that even one larger than a segment goes here. */
  get segmentEmpty(): boolean {
    return this.writer !== undefined && this.writer.segment.end === this.writer.segment.base;
  }

  /** Closes the open segment and begins a new one. */
  async roll(): Promise<void> {
    // Whoever waited for the last group has seen it before the checkpoint is asked for: sync comes first.
    await this.writer?.sync();
    await new Promise<void>((resolve) => setImmediate(resolve));
    const checkpoint = this.options.checkpoint?.() ?? null;
    const next = await this.create(checkpoint);
    if (this.writer) {
      this.closed.push(this.writer.segment);
      await this.writer.close();
    }
    this.writer = next;
    this.head = next.segment.end;
  }

  private async create(checkpoint: Uint8Array | null): Promise<SegmentWriter> {
    try {
      return await SegmentWriter.create(this.options.dir, this.head, this.salt, checkpoint);
    } catch (error) {
      // The first of all stays: its name is all that tells the position after a restart.
      if (this.tail < this.head)
        await unlink(segmentPath(this.options.dir, this.head)).catch(() => undefined);
      throw error;
    }
  }

  async write(parts: readonly Uint8Array[], bytes: number): Promise<void> {
    const sync = (this.options.fsync ?? 'always') === 'always';
    await this.writer!.append(parts, bytes, sync);
    this.head = this.writer!.segment.end;
  }

  async sync(): Promise<void> {
    await this.writer?.sync();
  }

  /** Deletes the closed segments that end at or before `position`. */
  async trim(position: number): Promise<void> {
    while (this.closed.length > 0 && this.closed[0]!.end <= position) await this.removeOldest();
  }

  /** Deletes the oldest closed segment, reporting what of it lies after `wantedFrom`. False when there is none. */
  async dropOldest(wantedFrom: number): Promise<boolean> {
    const oldest = this.closed[0];
    if (!oldest) return false;
    await this.removeOldest();
    const position = Math.max(oldest.base, Math.min(wantedFrom, oldest.end));
    if (position < oldest.end) {
      this.options.onLoss?.({ reason: 'dropped-oldest', position, bytes: oldest.end - position });
    }
    return true;
  }

  async close(): Promise<void> {
    await this.writer?.close();
    this.writer = undefined;
  }

  private async removeOldest(): Promise<void> {
    const oldest = this.closed.shift()!;
    await unlink(segmentPath(this.options.dir, oldest.base));
  }
}

function segmentSize(segment: Segment): number {
  return segment.end - segment.base + SEGMENT_HEADER_BYTES;
}

/** What a record of this payload takes in a segment. */
export function recordSize(payloadBytes: number): number {
  return payloadBytes + RECORD_HEADER_BYTES;
}
