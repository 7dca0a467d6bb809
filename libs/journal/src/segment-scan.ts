import type { FileHandle } from 'node:fs/promises';
import {
  nextMagic,
  payloadIntact,
  RECORD_HEADER_BYTES,
  recordLength,
  SEGMENT_HEADER_BYTES,
} from './frame.ts';
import { releaseBuffer } from './release-buffer.ts';

/** Walks the records of one segment file in order, stepping over damage. Positions are the journal's. */
export class SegmentScan {
  private readonly file: FileHandle;
  private readonly base: number;
  private readonly salt: number;
  /** Position that ends the part to be read. */
  private readonly end: number;
  private readonly chunkBytes: number;
  private data: Buffer = Buffer.alloc(0);
  private dataPosition = 0;
  /** Somebody has a view of `data`. */
  private shared = false;

  constructor(file: FileHandle, base: number, salt: number, end: number, chunkBytes: number) {
    this.file = file;
    this.base = base;
    this.salt = salt;
    this.end = end;
    this.chunkBytes = chunkBytes;
  }

  /**
   * The first whole record at or after `position`, or undefined when there is none before the end. The payload is
   * a view of a buffer that is never written again. Records share buffers of about `chunkBytes`.
   */
  async next(position: number): Promise<{ position: number; next: number; payload: Buffer } | undefined> {
    let at = position;
    let damaged = false;
    for (;;) {
      if (at + RECORD_HEADER_BYTES > this.end) return undefined;
      if (damaged) {
        const found = await this.search(at);
        if (found === undefined) return undefined;
        at = found;
      }
      await this.ensure(at, RECORD_HEADER_BYTES);
      const length = recordLength(this.data, at - this.dataPosition, this.salt, at);
      const next = at + RECORD_HEADER_BYTES + length;
      if (length < 0 || next > this.end) {
        damaged = true;
        at += 1;
        continue;
      }
      if (!(await this.ensure(at, RECORD_HEADER_BYTES + length))) return undefined;
      const start = at - this.dataPosition;
      if (payloadIntact(this.data, start, length)) {
        const payload = this.data.subarray(start + RECORD_HEADER_BYTES, start + RECORD_HEADER_BYTES + length);
        this.shared = true;
        return { position: at, next, payload };
      }
      damaged = false;
      at = next;
    }
  }

  /** Whether the record at `position` is sound so far and can be had without another read of the file. */
  isLoaded(position: number): boolean {
    const at = position - this.dataPosition;
    if (at < 0) return false;
    const length = recordLength(this.data, at, this.salt, position);
    return length >= 0 && at + RECORD_HEADER_BYTES + length <= this.data.length;
  }

  /** Next position from `from` on that begins like a record. */
  private async search(from: number): Promise<number | undefined> {
    let at = from;
    while (at + RECORD_HEADER_BYTES <= this.end) {
      await this.ensure(at, RECORD_HEADER_BYTES);
      const found = nextMagic(this.data, at - this.dataPosition);
      if (found >= 0) return this.dataPosition + found;
      // The magic may lie across the end of what is loaded.
      at = Math.max(at + 1, this.dataPosition + this.data.length - 3);
    }
    return undefined;
  }

  /** Loads `length` bytes from `position` on, and as many more as a chunk holds. False when the file is shorter. */
  private async ensure(position: number, length: number): Promise<boolean> {
    const offset = position - this.dataPosition;
    if (offset >= 0 && offset + length <= this.data.length) return true;
    const size = Math.max(length, Math.min(this.chunkBytes, this.end - position));
    const data = Buffer.allocUnsafeSlow(size);
    let filled = 0;
    // What is loaded already is copied: records of a chunk's length would be read from disk twice otherwise.
    if (offset >= 0 && offset < this.data.length) filled = this.data.copy(data, 0, offset);
    while (filled < size) {
      const from = position - this.base + SEGMENT_HEADER_BYTES + filled;
      const { bytesRead } = await this.file.read(data, filled, size - filled, from);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    if (!this.shared) releaseBuffer(this.data);
    this.shared = false;
    this.data = data.subarray(0, filled);
    this.dataPosition = position;
    return filled >= length;
  }
}
