import type { SourceKind } from '@suite/event';

/**
 * Something on this node that lines come from: log files, journald, shell histories. TOM starts each once.
 */
export interface Source {
  /** Unique, stable over restarts: resume states are kept under it. */
  readonly name: string;
  /** Begins to read from where `sink.resume` says. Returns when it is following; reads on in the background. */
  start(sink: SourceSink): Promise<void>;
  /** Stops reading; no call of the sink after it resolves. May be called twice. */
  stop(): Promise<void>;
  /** One entry per stream that is followed, was refused or is being waited for; for `tom status`. */
  status(): readonly StreamStatus[];
}

/** Where sources put what they read. The batcher behind it owns back-pressure and durability. */
export interface SourceSink {
  /**
   * Takes a block of whole lines. Resolves once the block has been copied (the buffer may be used again), later
   * under back-pressure: a source has at most one call under way per stream. What has been taken becomes
   * durable together with `block.resume`, in order, or not at all.
   */
  lines(block: LineBlock): Promise<void>;
  /** Remembers a stream's resume state without lines (e.g. rotated away, start-at-end position). In order with `lines`. */
  remember(source: string, key: string, resume: unknown | null): Promise<void>;
  /** Something is gone for good, e.g. a file truncated before it was read. Goes in the ledger. */
  lost(loss: SourceLoss): void;
  /** The last durable resume state of each of a source's streams, by key. */
  resume(source: string): ReadonlyMap<string, unknown>;
}

export interface StreamInfo {
  /** Name of the source. */
  readonly source: string;
  /** Key of the resume state within the source: one per stream that is followed. */
  readonly key: string;
  readonly kind: SourceKind;
  /** `log.file.path`, as configured or found; for journald `journald`. */
  readonly path: string;
  /**
   * Identity of this incarnation of the file; part of each line's id. Unique for ever: made anew (random) at
   * first sight, after a truncation and on inode reuse, kept in `resume` otherwise.
   */
  readonly stream: string;
  /** Format that the lines have, when the source knows: `bash-history`, `journald`. */
  readonly format?: string;
  /** Owner of a shell history. */
  readonly user?: string;
}

export interface LineBlock {
  readonly info: StreamInfo;
  readonly buffer: Buffer;
  /** Whole lines, each with its `\n`, from `start` up to `end` of the buffer; the last may lack one (end of a finished file). */
  readonly start: number;
  readonly end: number;
  /** Stream offset of `buffer[start]`. */
  readonly offset: number;
  /** When it was read: integer microseconds. */
  readonly observedUs: number;
  /** JSON-serialisable state to go on after this block. */
  readonly resume: unknown;
}

export interface SourceLoss {
  readonly source: string;
  readonly path: string;
  readonly bytes: number;
  readonly reason: 'truncated' | 'deleted' | 'nul-hole' | 'line-too-long' | 'unreadable' | 'journal-vacuumed';
}

export interface StreamStatus {
  readonly source: string;
  readonly path: string;
  readonly kind: SourceKind;
  readonly state: 'following' | 'waiting' | 'unreadable' | 'finished';
  /** Bytes read so far and bytes there are. */
  readonly offset: number;
  readonly size: number;
  /** Why it is not followed, in words, with what would help. */
  readonly reason?: string;
}
