import type { SourceLoss, SourceSink, StreamInfo } from '../port.ts';
import { cutBlock, nulRun } from './cut.ts';
import { type FileRecord, HEAD_BYTES, TAIL_BYTES } from './file-record.ts';
import { type Follower, growHead, movedTo, tailBefore } from './follower.ts';
import { noteSizes } from './seen-size.ts';

/**
 * What one read came to. `more`: there may be more to ship at once. `end`: nothing but an unfinished line or a
 * hole is left. `changed`: the file no longer holds what was read from it (truncated, rewritten).
 */
export type ReadOutcome = 'more' | 'end' | 'changed';

export interface BlockReader {
  /** Ships at most one block. Bytes are shipped only after the file was seen to hold its marks still. */
  read(follower: Follower): Promise<ReadOutcome>;
  /** The file will not grow: ships or counts what `read` holds back. */
  finish(follower: Follower): Promise<'done' | 'changed'>;
}

export interface BlockReaderOptions {
  readonly source: string;
  readonly format?: string;
  readonly maxLineBytes: number;
  readonly blockBytes: number;
  readonly clock: () => number;
  readonly sink: SourceSink;
}

const NEWLINE = 10;

/** Reads all files of a source through one buffer, one block at a time. Calls must not overlap. */
export function createBlockReader(options: BlockReaderOptions): BlockReader {
  const { sink, source, maxLineBytes } = options;
  const buffer = Buffer.allocUnsafeSlow(TAIL_BYTES + Math.max(options.blockBytes, maxLineBytes + 1));
  const headBuffer = Buffer.allocUnsafeSlow(HEAD_BYTES);

  async function read(follower: Follower): Promise<ReadOutcome> {
    if (follower.nulTo > follower.record.offset) return scanHole(follower);
    const base = follower.record.offset - follower.marks.tail.length;
    const start = follower.marks.tail.length;
    const { end, full } = await fill(follower, start, base);
    if (end < start || !buffer.subarray(0, start).equals(follower.marks.tail)) return 'changed';
    const { headLength } = follower.record;
    if (!(await headHolds(follower, base, end))) return 'changed';
    noteSize(follower, base + end);
    if (full) await noteSizes([follower]);
    if (follower.record.skipped !== undefined) return skipOn(follower, start, end);
    const cut = cutBlock(buffer, start, end, maxLineBytes, follower.record.offset === 0);
    switch (cut.kind) {
      case 'lines': {
        await ship(follower, start, cut.end);
        const onlyPartial = buffer.lastIndexOf(NEWLINE, end - 1) === cut.end - 1;
        return !full && onlyPartial ? 'end' : 'more';
      }
      case 'partial':
        // Nothing to ship that would carry it: without its fingerprint the file would not be found again.
        if (follower.record.headLength > headLength) await remember(follower);
        return 'end';
      case 'nul-open':
        follower.nulTo = base + end;
        return full ? 'more' : 'end';
      case 'nul-hole':
        await skipHole(follower, cut.length);
        return 'more';
      case 'too-long':
        await shipCutLine(follower, start);
        return 'more';
    }
  }

  /** Reads a block behind the tail's `start` bytes; as much as a line may have where it holds no line's end. */
  async function fill(
    follower: Follower,
    start: number,
    base: number,
  ): Promise<{ end: number; full: boolean }> {
    const blockEnd = Math.min(start + options.blockBytes, buffer.length);
    const end = await follower.file!.read(buffer, 0, blockEnd, base);
    if (end < blockEnd) return { end, full: false };
    if (buffer.lastIndexOf(NEWLINE, end - 1) >= start) return { end, full: true };
    const longer = await follower.file!.read(buffer, 0, buffer.length, base);
    return { end: longer, full: longer === buffer.length };
  }

  async function headHolds(follower: Follower, base: number, end: number): Promise<boolean> {
    const known = follower.marks.head;
    if (follower.phase === 'drain') {
      if (base === 0) growHead(follower, buffer.subarray(0, Math.min(end, HEAD_BYTES)));
      return true;
    }
    const length = await follower.file!.read(headBuffer, 0, HEAD_BYTES, 0);
    if (length < known.length || !headBuffer.subarray(0, known.length).equals(known)) return false;
    growHead(follower, headBuffer.subarray(0, length));
    return true;
  }

  async function ship(follower: Follower, start: number, end: number): Promise<void> {
    const offset = follower.record.offset;
    const tail = tailBefore(buffer.subarray(0, end));
    await shipAs(follower, start, end, movedTo(follower.record, offset + end - start, tail), tail);
  }

  async function shipAs(
    follower: Follower,
    start: number,
    end: number,
    next: FileRecord,
    tail: Buffer,
  ): Promise<void> {
    const observedUs = options.clock();
    const offset = follower.record.offset;
    await sink.lines({ info: infoOf(follower), buffer, start, end, offset, observedUs, resume: next });
    moveOn(follower, next, tail);
    follower.quietSinceUs = observedUs;
    follower.lastReadUs = observedUs;
  }

  /** The first maxLineBytes of a line that is too long, ended by a newline of ours; the rest is skipped. */
  async function shipCutLine(follower: Follower, start: number): Promise<void> {
    const stop = start + maxLineBytes;
    const tail = tailBefore(buffer.subarray(0, stop));
    const next = { ...movedTo(follower.record, follower.record.offset + maxLineBytes, tail), skipped: 0 };
    buffer[stop] = NEWLINE;
    await shipAs(follower, start, stop + 1, next, tail);
  }

  async function skipOn(follower: Follower, start: number, end: number): Promise<ReadOutcome> {
    if (start === end) return 'end';
    const newline = buffer.indexOf(NEWLINE, start);
    const found = newline !== -1 && newline < end;
    const stop = found ? newline + 1 : end;
    const skipped = follower.record.skipped! + (found ? newline : end) - start;
    const tail = tailBefore(buffer.subarray(0, stop));
    const { skipped: _, ...moved } = movedTo(follower.record, follower.record.offset + stop - start, tail);
    if (found) lost(follower, skipped, 'line-too-long');
    const next = found ? moved : { ...moved, skipped };
    await sink.remember(source, next.stream, next);
    moveOn(follower, next, tail);
    return 'more';
  }

  async function scanHole(follower: Follower): Promise<ReadOutcome> {
    const count = await follower.file!.read(buffer, 0, buffer.length, follower.nulTo);
    if (!(await headHolds(follower, follower.nulTo, count))) return 'changed';
    const stats = count === 0 ? await follower.file!.stat() : null;
    if (stats !== null && stats.size < BigInt(follower.nulTo)) return 'changed';
    noteSize(follower, follower.nulTo + count);
    const run = nulRun(buffer, 0, count);
    follower.nulTo += run;
    if (run < count) {
      await skipHole(follower, follower.nulTo - follower.record.offset);
      return 'more';
    }
    return count === buffer.length ? 'more' : 'end';
  }

  async function skipHole(follower: Follower, length: number): Promise<void> {
    lost(follower, length, 'nul-hole');
    const before = Buffer.concat([follower.marks.tail, Buffer.alloc(Math.min(length, TAIL_BYTES))]);
    const tail = tailBefore(before);
    const next = movedTo(follower.record, follower.record.offset + length, tail);
    await sink.remember(source, next.stream, next);
    moveOn(follower, next, tail);
  }

  async function finish(follower: Follower): Promise<'done' | 'changed'> {
    for (;;) {
      const outcome = await read(follower);
      if (outcome === 'changed') return 'changed';
      if (outcome === 'end') break;
    }
    const { record } = follower;
    if (record.skipped !== undefined) lost(follower, record.skipped, 'line-too-long');
    else if (follower.nulTo > record.offset) await skipHole(follower, follower.nulTo - record.offset);
    else {
      const start = follower.marks.tail.length;
      const end = await follower.file!.read(buffer, 0, buffer.length, record.offset - start);
      if (end > start) await ship(follower, start, end);
    }
    return 'done';
  }

  function remember(follower: Follower): Promise<void> {
    return sink.remember(source, follower.record.stream, follower.record);
  }

  function noteSize(follower: Follower, size: number): void {
    if (size > follower.record.size) follower.record = { ...follower.record, size };
  }

  function infoOf(follower: Follower): StreamInfo {
    const { path, stream } = follower.record;
    const info = { source, key: stream, kind: 'file', path, stream } as const;
    return options.format === undefined ? info : { ...info, format: options.format };
  }

  function lost(follower: Follower, bytes: number, reason: SourceLoss['reason']): void {
    if (bytes > 0) sink.lost({ source, path: follower.record.path, bytes, reason });
  }

  return { read, finish };
}

function moveOn(follower: Follower, next: FileRecord, tail: Buffer): void {
  follower.record = next;
  follower.marks = { head: follower.marks.head, tail };
  follower.nulTo = 0;
}
