import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type Checkpoint,
  type RetentionResult,
  type StoreBacklog,
  type StoreBatch,
  StoreFullError,
  type StoreWriter,
} from '../port.ts';
import { openForWriting, type Synchronous } from './database.ts';
import { diskSpace } from './disk-space.ts';
import { DetectionInserter } from './insert-detections.ts';
import { IncidentInserter } from './insert-incidents.ts';
import { RecordInserter } from './insert-records.ts';
import { SampleInserter } from './insert-samples.ts';
import { Retention, type RetentionLimits } from './retention.ts';
import { usedBytes } from './size.ts';
import { asStoreError } from './store-full.ts';

export interface SqliteWriterOptions {
  /** The database file. */
  readonly path: string;
  readonly retention: RetentionLimits;
  /** Default `normal`. */
  readonly synchronous?: Synchronous;
  /** Without it neither search nor filters find anything; for measuring what it costs. Default true. */
  readonly fullText?: boolean;
}

export function openSqliteWriter(options: SqliteWriterOptions): StoreWriter {
  return new SqliteWriter(options);
}

/** The embedded store. One writer a file; a commit is one transaction, so position and records always agree. */
class SqliteWriter implements StoreWriter {
  readonly #path: string;
  readonly #synchronous: Synchronous;
  readonly #db: DatabaseSync;
  readonly #records: RecordInserter;
  readonly #detections: DetectionInserter;
  readonly #incidents: IncidentInserter;
  readonly #samples: SampleInserter;
  readonly #retention: Retention;
  readonly #node: StatementSync;
  readonly #position: StatementSync;
  readonly #state: StatementSync;
  readonly #progress: StatementSync;
  #stopped = false;

  constructor(options: SqliteWriterOptions) {
    this.#path = options.path;
    this.#synchronous = options.synchronous ?? 'normal';
    const db = openForWriting(options.path, this.#synchronous);
    this.#db = db;
    this.#records = new RecordInserter(db, options.fullText ?? true);
    this.#detections = new DetectionInserter(db);
    this.#incidents = new IncidentInserter(db);
    this.#samples = new SampleInserter(db);
    this.#retention = new Retention(db, options.retention, () => diskSpace(options.path));
    this.#node = db.prepare(
      `INSERT INTO node (agent, host, version, first_seen_us, last_seen_us, lines_total, lost_bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (agent) DO UPDATE SET host = excluded.host, version = excluded.version,
         first_seen_us = excluded.first_seen_us, last_seen_us = excluded.last_seen_us,
         lines_total = excluded.lines_total, lost_bytes = excluded.lost_bytes`,
    );
    this.#position = db.prepare('UPDATE progress SET position = ?');
    this.#state = db.prepare('UPDATE progress SET state_position = ?, state = ?');
    this.#progress = db.prepare('SELECT position, state_position FROM progress');
  }

  async commit(batch: StoreBatch): Promise<void> {
    if (this.#stopped) throw new Error(`the store ${this.#path} is stopped`);
    try {
      // The journal lets go of what lies before a state: it must be on the disk then, with all before it.
      if (batch.state !== undefined) this.#db.exec('PRAGMA synchronous = FULL');
      this.#db.exec('BEGIN IMMEDIATE');
      this.#write(batch);
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      this.#records.forget();
      this.#samples.forget();
      throw asStoreError(error, this.#path);
    } finally {
      if (batch.state !== undefined && this.#synchronous === 'normal')
        this.#db.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /** What was committed up to the stored position is there: only detections and incidents can still be new in a repetition. */
  #write(batch: StoreBatch): void {
    const progress = this.#progress.get();
    const position = numberOr(progress?.position, Number.NEGATIVE_INFINITY);
    const statePosition = numberOr(progress?.state_position, Number.NEGATIVE_INFINITY);
    if (batch.position > position) {
      this.#records.insert(batch.records);
      this.#samples.insert(batch.samples);
      this.#position.run(batch.position);
    }
    if (batch.position >= position) {
      for (const node of batch.nodes) {
        const { agent, host, version, firstSeenUs, lastSeenUs, linesTotal, lostBytes } = node;
        this.#node.run(agent, host, version, firstSeenUs, lastSeenUs, linesTotal, lostBytes);
      }
    }
    this.#detections.insert(batch.detections);
    this.#incidents.insert(batch.incidents);
    if (batch.state !== undefined && batch.state.position >= statePosition) {
      this.#state.run(batch.state.position, batch.state.data);
    }
  }

  async checkpoint(): Promise<Checkpoint | null> {
    const row = this.#db.prepare('SELECT position, state_position, state FROM progress').get();
    const position = row?.position;
    if (typeof position !== 'number') return null;
    const statePosition = row?.state_position;
    const data = row?.state;
    const hasState = typeof statePosition === 'number' && data instanceof Uint8Array;
    return { position, state: hasState ? { position: statePosition, data } : null };
  }

  /** Deleting takes some room too: on a full disk it does what it can, and the next commit says that it is full. */
  async retain(nowUs: number): Promise<RetentionResult> {
    try {
      return await this.#retention.enforce(nowUs, () => this.#stopped);
    } catch (error) {
      const reason = asStoreError(error, this.#path);
      if (!(reason instanceof StoreFullError)) throw reason;
      return { recordsDropped: this.#retention.dropped, sizeBytes: usedBytes(this.#db) };
    }
  }

  backlog(): StoreBacklog {
    return { pendingBytes: 0, rejectedPoints: 0, lastError: null };
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#db.close();
  }
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
