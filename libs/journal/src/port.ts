/**
 * A durable, segmented, append-only log of opaque records. TOM's spool and NADIR's intake are journals.
 *
 * A position is a logical byte offset since the journal was made: it only grows, survives trimming, and fits a
 * double (2^53 bytes). A segment file is named after the position of its first byte.
 */
export interface Journal {
  /**
   * Appends one record, made of the chunks in order. Appends are durable in the order of the calls; records
   * appended while a sync runs share the next one (group commit).
   * @returns the record's position and the one after it, when durable under the fsync policy.
   * @throws JournalFullError at once, and nothing is written, when `maxBytes` would be passed (policy `refuse`)
   *   or the disk is full (ENOSPC); the journal stays usable and takes records again once there is room.
   * @throws RangeError when the record is over `maxRecordBytes` or could not fit an empty journal.
   */
  append(chunks: readonly Uint8Array[]): Promise<Appended>;
  /** Position after the last durable record. */
  readonly head: number;
  /** Position of the oldest record that is still kept. */
  readonly tail: number;
  readonly sizeBytes: number;
  /** Resolves when the head is past `position`, or the signal aborts (then rejects with its reason). */
  waitForHead(position: number, signal: AbortSignal): Promise<void>;
  /**
   * A named reader with a position of its own, kept in the journal's folder and restored by name. Segments that
   * every named reader has committed past are deleted. A reader that was never committed starts at the tail.
   */
  reader(name: string): Promise<JournalReader>;
  /** Syncs and closes. May be called twice. */
  stop(): Promise<void>;
}

export interface Appended {
  readonly position: number;
  readonly next: number;
}

export interface JournalEntry {
  readonly position: number;
  /** Position of the record after this one. */
  readonly next: number;
  /** A copy of its own, or a view that stays valid until the next call. See `read`. */
  readonly payload: Buffer;
}

export interface JournalReader {
  /** Where `read` goes on. */
  readonly position: number;
  /** The last position committed. */
  readonly committed: number;
  /**
   * Up to `maxBytes` of whole durable records from the reader's position, at least one when there is one; an
   * empty array when there is none. Payloads are the caller's to keep.
   */
  read(maxBytes: number): Promise<readonly JournalEntry[]>;
  /** Moves the reading position (not the committed one), e.g. back to the committed one after a failure. */
  seek(position: number): void;
  /** Everything before `position` is done with. Written by rename, at most once per `commitIntervalMs`. */
  commit(position: number): void;
  stop(): Promise<void>;
}

export interface JournalOptions {
  readonly dir: string;
  /**
   * New records get positions from here on, even when the journal is new or shorter: what a consumer has stored under
   * a position must never come a second time with other content. Default 0.
   */
  readonly startAt?: number;
  /** A segment is closed at this size: 64 MiB by default, at most a quarter of `maxBytes` and an eighth of the disk. */
  readonly segmentBytes?: number;
  /** Limit on all segments together. Default 1 GiB. */
  readonly maxBytes?: number;
  /**
   * What to do at `maxBytes`: `refuse` appends (TOM: sources wait, the oldest is kept), or `drop-oldest`
   * segments whoever still wants them (counted through `onDrop`). Default `refuse`.
   */
  readonly whenFull?: 'refuse' | 'drop-oldest';
  /**
   * `always`: a record counts as durable after fdatasync (power loss loses nothing acknowledged).
   * `{ intervalMs }`: durable after write(2), synced at that interval (SIGKILL loses nothing, power loss up to
   * the interval). Default `always`.
   */
  readonly fsync?: 'always' | { readonly intervalMs: number };
  /** Largest payload of one record. Default 32 MiB. */
  readonly maxRecordBytes?: number;
  /**
   * First record of every new segment, so that a segment tells the state without the ones before it (already
   * deleted). Called right before the roll. Comes back from reads with `isCheckpoint` told by its content.
   */
  readonly checkpoint?: () => Uint8Array | null;
  /** How often a reader's committed position is written. Default 200. */
  readonly commitIntervalMs?: number;
  /** Called with what a recovery or `drop-oldest` gave up. */
  readonly onLoss?: (loss: JournalLoss) => void;
}

export interface JournalLoss {
  readonly reason: 'torn-tail' | 'corrupt-record' | 'dropped-oldest';
  readonly position: number;
  readonly bytes: number;
}

/** No room: `maxBytes` or the disk. Transient. */
export class JournalFullError extends Error {
  override readonly name = 'JournalFullError';
  readonly code: 'JOURNAL_FULL' | 'DISK_FULL';
  constructor(code: 'JOURNAL_FULL' | 'DISK_FULL', message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
