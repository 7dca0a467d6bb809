import { type FileHandle, open } from 'node:fs/promises';
import { isErrno } from './errno.ts';
import { RECORD_HEADER_BYTES, SEGMENT_HEADER_BYTES } from './frame.ts';
import type { JournalEntry } from './port.ts';
import { readSalt } from './recovery.ts';
import { listSegments, segmentPath } from './segment-folder.ts';
import { SegmentScan } from './segment-scan.ts';

const MIN_CHUNK_BYTES = 128 * 1024;

/**
 * Reads records in order, from segment to segment, given the folder alone. What was deleted behind it or is
 * damaged is stepped over. One call at a time.
 */
export class SegmentCursor {
  position: number;
  private readonly dir: string;
  private file: FileHandle | undefined;
  private base = 0;
  /** The same in all segments of a journal. */
  private salt: number | undefined;

  constructor(dir: string, position: number) {
    this.dir = dir;
    this.position = position;
  }

  /** Whole records before `limit`: at least one when there is one, otherwise up to `maxBytes` of payload. */
  async read(maxBytes: number, limit: number): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    while (entries.length === 0 && this.position < limit) {
      const from = this.position;
      const file = await this.segmentAt(from, limit);
      if (!file) {
        if (this.position === from) break;
        continue;
      }
      const { size } = await file.stat();
      const end = Math.min(limit, this.base + Math.max(0, size - SEGMENT_HEADER_BYTES));
      if (this.position < end) await this.readSegment(file, end, maxBytes, entries);
      if (entries.length === 0) await this.leaveSegment(limit);
    }
    return entries;
  }

  async close(): Promise<void> {
    const file = this.file;
    this.file = undefined;
    await file?.close();
  }

  private async readSegment(file: FileHandle, end: number, maxBytes: number, entries: JournalEntry[]) {
    const chunkBytes = Math.max(MIN_CHUNK_BYTES, maxBytes + RECORD_HEADER_BYTES);
    const scan = new SegmentScan(file, this.base, this.salt ?? 0, end, chunkBytes);
    let total = 0;
    while (entries.length === 0 || scan.isLoaded(this.position)) {
      const record = await scan.next(this.position);
      if (!record) return;
      total += record.payload.length;
      if (entries.length > 0 && total > maxBytes) return;
      entries.push(record);
      this.position = record.next;
      if (total >= maxBytes) return;
    }
  }

  /** Opens the segment that holds `position`, or the first one after it. */
  private async segmentAt(position: number, limit: number): Promise<FileHandle | undefined> {
    if (this.file && position >= this.base) return this.file;
    await this.close();
    const bases = await listSegments(this.dir);
    const base = bases.findLast((candidate) => candidate <= position) ?? bases[0];
    if (base === undefined || base >= limit) return undefined;
    return this.openSegment(base, bases);
  }

  private async openSegment(base: number, bases: readonly number[]): Promise<FileHandle | undefined> {
    let file: FileHandle;
    try {
      file = await open(segmentPath(this.dir, base), 'r');
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
      // Deleted since it was listed: go on with what comes after it.
      const after = bases.find((candidate) => candidate > base);
      if (after !== undefined) this.position = Math.max(this.position, after);
      return undefined;
    }
    this.file = file;
    this.salt ??= await this.findSalt(base, bases);
    this.base = base;
    this.position = Math.max(this.position, base);
    return file;
  }

  /** A segment whose header is damaged is read with a neighbour's salt. */
  private async findSalt(base: number, bases: readonly number[]): Promise<number | undefined> {
    for (const candidate of [base, ...bases]) {
      const salt = await readSalt(this.dir, candidate).catch(() => undefined);
      if (salt !== undefined) return salt;
    }
    return undefined;
  }

  /** Nothing more in this segment before the limit: on to the next one, if it begins before the limit. */
  private async leaveSegment(limit: number): Promise<void> {
    const bases = await listSegments(this.dir);
    const after = bases.find((candidate) => candidate > this.base);
    await this.close();
    if (after === undefined || after >= limit) {
      this.position = Math.max(this.position, limit);
      return;
    }
    this.position = Math.max(this.position, after);
    await this.openSegment(after, bases);
  }
}
