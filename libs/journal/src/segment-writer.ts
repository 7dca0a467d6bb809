import { type FileHandle, open } from 'node:fs/promises';
import { encodeSegmentHeader, SEGMENT_HEADER_BYTES } from './frame.ts';
import { RecordGroup } from './record-group.ts';
import type { Segment } from './recovery.ts';
import { segmentPath, syncFolder } from './segment-folder.ts';

/** The segment that is appended to. After an error the file is cut back to what was whole before. */
export class SegmentWriter {
  readonly segment: Segment;
  private readonly file: FileHandle;
  private unsynced = false;

  private constructor(file: FileHandle, segment: Segment) {
    this.file = file;
    this.segment = segment;
  }

  static async reopen(dir: string, segment: Segment): Promise<SegmentWriter> {
    return new SegmentWriter(await open(segmentPath(dir, segment.base), 'r+'), segment);
  }

  /** Makes a new segment, durable by name and content, with the checkpoint as its first record. */
  static async create(dir: string, base: number, salt: number, checkpoint: Uint8Array | null) {
    const file = await open(segmentPath(dir, base), 'w', 0o600);
    const writer = new SegmentWriter(file, { base, end: base });
    try {
      const group = new RecordGroup();
      if (checkpoint) group.add([checkpoint], checkpoint.length, base, salt);
      await writeAll(file, [encodeSegmentHeader(base, salt), ...group.take()], 0);
      await file.datasync();
      await syncFolder(dir);
      writer.segment.end = base + group.bytes;
      return writer;
    } catch (error) {
      await file.truncate(0).catch(() => undefined);
      await file.close();
      throw error;
    }
  }

  /** Writes the parts (of `bytes` together) at the end; with `sync`, returns when they are on the disk. */
  async append(parts: readonly Uint8Array[], bytes: number, sync: boolean): Promise<void> {
    const { base, end } = this.segment;
    const offset = end - base + SEGMENT_HEADER_BYTES;
    try {
      await writeAll(this.file, parts, offset);
      if (sync) await this.file.datasync();
      else this.unsynced = true;
    } catch (error) {
      await this.file.truncate(offset);
      throw error;
    }
    this.segment.end = end + bytes;
  }

  async sync(): Promise<void> {
    if (!this.unsynced) return;
    this.unsynced = false;
    await this.file.datasync();
  }

  async close(): Promise<void> {
    try {
      await this.sync();
    } finally {
      await this.file.close();
    }
  }
}

/** writev may write less than it was given, e.g. when the disk fills: the rest is tried, which tells the reason. */
async function writeAll(file: FileHandle, parts: readonly Uint8Array[], offset: number): Promise<void> {
  let left = parts;
  let at = offset;
  while (left.length > 0) {
    const { bytesWritten } = await file.writev(left, at);
    at += bytesWritten;
    left = withoutFirst(left, bytesWritten);
  }
}

function withoutFirst(parts: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let rest = bytes;
  for (const [index, part] of parts.entries()) {
    if (rest < part.length) return [part.subarray(rest), ...parts.slice(index + 1)];
    rest -= part.length;
  }
  return [];
}
