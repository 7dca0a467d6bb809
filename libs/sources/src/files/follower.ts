import { type FileRecord, HEAD_BYTES, hashBytes, TAIL_BYTES } from './file-record.ts';
import type { Marks, OpenedFile } from './opened-file.ts';

/**
 * Where an incarnation is in its life.
 * `live`: at its path. `rotated`: elsewhere or deleted, read on through the open handle until quiet.
 * `drain`: a copy or compressed file that ends where it ends. `finished`: read to its end, kept because a glob
 * still matches it.
 */
export type Phase = 'live' | 'rotated' | 'drain' | 'finished';

/** One incarnation of a file that is being followed. */
export interface Follower {
  record: FileRecord;
  phase: Phase;
  file: OpenedFile | null;
  /** The bytes that the record's hashes are of, while the file is open. */
  marks: Marks;
  /** Where the path led at the last scan; differs from record.path after a rename within the globs. */
  at: string;
  mtimeNs: bigint;
  /** It has been rotated and its end was reached: a successor at its path may be read. */
  drained: boolean;
  /** Since when nothing was written, µs: counts for rotated files. */
  quietSinceUs: number;
  /** Everything between offset and here is NUL. */
  nulTo: number;
  lastReadUs: number;
  /** Size by the open handle at the last look; may be ahead of what was read. */
  seenSize: number;
  /** It was smaller at a later look: truncated, and the reader does not know yet. */
  shrunk: boolean;
  /** Closed to keep the number of open files bounded; opened again when there is something to read. */
  resting: boolean;
}

export function createFollower(record: FileRecord, phase: Phase, nowUs: number): Follower {
  return {
    record,
    phase,
    file: null,
    marks: { head: Buffer.alloc(0), tail: Buffer.alloc(0) },
    at: record.real,
    mtimeNs: -1n,
    drained: phase === 'finished',
    quietSinceUs: nowUs,
    nulTo: 0,
    lastReadUs: 0,
    seenSize: 0,
    shrunk: false,
    resting: false,
  };
}

const EMPTY_HASH = hashBytes(Buffer.alloc(0));

/** A record for a file seen for the first time, nothing read. */
export function newRecord(
  path: string,
  real: string,
  stats: { readonly dev: bigint; readonly ino: bigint; readonly birthtimeNs: bigint },
  stream: string,
  order: number,
): FileRecord {
  return {
    v: 1,
    path,
    real,
    dev: String(stats.dev),
    ino: String(stats.ino),
    birthNs: String(stats.birthtimeNs),
    headLength: 0,
    head: EMPTY_HASH,
    tailLength: 0,
    tail: EMPTY_HASH,
    offset: 0,
    size: 0,
    stream,
    order,
  };
}

/** The marks after the stream has moved on to where `read` ends; `read` ends at the new offset and holds what stands before it. */
export function tailBefore(read: Buffer): Buffer {
  return Buffer.from(read.subarray(Math.max(0, read.length - TAIL_BYTES)));
}

/** Puts a longer fingerprint into the follower; `head` begins with the one it had. */
export function growHead(follower: Follower, head: Buffer): void {
  if (head.length <= follower.marks.head.length) return;
  const kept = Buffer.from(head.subarray(0, HEAD_BYTES));
  follower.marks = { head: kept, tail: follower.marks.tail };
  follower.record = { ...follower.record, headLength: kept.length, head: hashBytes(kept) };
}

/** The record once everything before `offset` is taken; `tail` are the bytes before it. */
export function movedTo(record: FileRecord, offset: number, tail: Buffer): FileRecord {
  return {
    ...record,
    offset,
    size: Math.max(record.size, offset),
    tailLength: tail.length,
    tail: hashBytes(tail),
  };
}
