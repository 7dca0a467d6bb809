import type { Detection, Incident, LogRecord, MetricSample } from '@suite/event';

/**
 * What NADIR keeps, and reads back. Two adapters: sqlite/ (embedded, default) and influx/. Both pass
 * conformance.ts. The writer lives in the pipeline's thread, readers elsewhere; they share no object.
 */
export interface StoreWriter {
  /**
   * Makes a batch durable together with the journal position that it ends at and the pipeline's state.
   * SQLite: one transaction. InfluxDB: one record of the durable queue, shipped from there.
   * Idempotent: records, samples, detection and incident versions that are there already change nothing.
   * Resolves when durable. Throws StoreFullError when the disk is full, and then nothing of the batch is kept.
   */
  commit(batch: StoreBatch): Promise<void>;
  /** The last durable checkpoint, or null in a new store. Never ahead of what is durable. */
  checkpoint(): Promise<Checkpoint | null>;
  /** Enforces age and size limits; call every few seconds, it is cheap when there is nothing to do. Says how many records it dropped. */
  retain(nowUs: number): Promise<RetentionResult>;
  /** What waits to reach a remote store, and what it refused for good; zeros for an embedded one. */
  backlog(): StoreBacklog;
  /** May be called twice. */
  stop(): Promise<void>;
}

export interface StoreBatch {
  readonly records: readonly LogRecord[];
  readonly samples: readonly MetricSample[];
  readonly detections: readonly Detection[];
  /** New versions of incidents. */
  readonly incidents: readonly Incident[];
  /** What became of each sender, upserted by agent id. */
  readonly nodes: readonly NodeState[];
  /** Journal position after the last line of this batch. */
  readonly position: number;
  /** Pipeline state (detectors, parsers) as of `statePosition`, when it is time for one. */
  readonly state?: { readonly position: number; readonly data: Uint8Array };
}

export interface Checkpoint {
  readonly position: number;
  readonly state: { readonly position: number; readonly data: Uint8Array } | null;
}

export interface RetentionResult {
  readonly recordsDropped: number;
  readonly sizeBytes: number;
}

export interface StoreBacklog {
  readonly pendingBytes: number;
  readonly rejectedPoints: number;
  /** Why the last attempt failed, or null. */
  readonly lastError: string | null;
  /** What the server said when it last refused points for good. */
  readonly lastRefusal?: string;
}

export interface NodeState {
  readonly agent: string;
  readonly host: string;
  /** Version string of the sender, or its user agent. */
  readonly version: string;
  readonly firstSeenUs: number;
  readonly lastSeenUs: number;
  readonly linesTotal: number;
  /** Bytes that the agent's loss ledger says were lost. */
  readonly lostBytes: number;
}

export interface StoreReader {
  /** Newest first. */
  records(query: RecordQuery): Promise<Page<LogRecord>>;
  /** Newest version of each detection, newest first by `timeUs`. */
  detections(query: DetectionQuery): Promise<Page<Detection>>;
  detection(id: string): Promise<Detection | null>;
  /** Newest version of each incident, newest first by `lastUs`; those that became part of another one are left out. */
  incidents(query: IncidentQuery): Promise<Page<Incident>>;
  /** Newest version, also of one that became part of another. */
  incident(id: string): Promise<Incident | null>;
  /** Records per bucket, oldest first; empty buckets are absent. */
  rate(query: RateQuery): Promise<readonly RateBucket[]>;
  nodes(): Promise<readonly NodeState[]>;
  /** Newest sample of each series (name + attributes) of each host within the last `withinUs`. */
  latestSamples(nowUs: number, withinUs: number): Promise<readonly MetricSample[]>;
  samples(query: SampleQuery): Promise<readonly MetricSample[]>;
  counts(): Promise<StoreCounts>;
  stop(): Promise<void>;
}

export interface TimeRange {
  /** Inclusive, integer microseconds. */
  readonly fromUs?: number;
  /** Exclusive. */
  readonly toUs?: number;
}

export interface RecordQuery extends TimeRange {
  /** Words that the raw line must contain, all of them; a word may end in `*`; "a phrase" in quotes. */
  readonly text?: string;
  readonly host?: string;
  readonly action?: string;
  readonly outcome?: string;
  readonly program?: string;
  readonly sourceAddress?: string;
  readonly user?: string;
  readonly path?: string;
  /** 1 to 1,000. */
  readonly limit: number;
  /** From Page.next of the page before. */
  readonly cursor?: string;
}

export interface DetectionQuery extends TimeRange {
  readonly rule?: string;
  readonly host?: string;
  readonly minLevel?: Detection['level'];
  readonly limit: number;
  readonly cursor?: string;
}

/** The times are those of the newest version's `lastUs`. */
export interface IncidentQuery extends TimeRange {
  readonly minLevel?: Incident['level'];
  /** One of its `host.name`, `source.address`, `user.name`, exactly. */
  readonly host?: string;
  readonly address?: string;
  readonly user?: string;
  /** Only those that are open, or closed. */
  readonly open?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

export interface RateQuery extends TimeRange {
  readonly bucketUs: number;
  readonly host?: string;
}

export interface SampleQuery extends TimeRange {
  readonly host: string;
  readonly name: string;
  readonly limit: number;
}

export interface RateBucket {
  readonly startUs: number;
  readonly count: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface StoreCounts {
  readonly records: number;
  readonly detections: number;
  readonly sizeBytes: number;
}

/** The disk, or the configured size, has no room for the batch. Transient: retention or the operator makes room. */
export class StoreFullError extends Error {
  readonly code = 'STORE_FULL';
  override readonly name = 'StoreFullError';
}
