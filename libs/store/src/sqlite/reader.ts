import type { DatabaseSync } from 'node:sqlite';
import type { Detection, Incident, LogRecord, MetricSample } from '@suite/event';
import { MAX_NODES } from '../limit.ts';
import type {
  DetectionQuery,
  IncidentQuery,
  NodeState,
  Page,
  RateBucket,
  RateQuery,
  RecordQuery,
  SampleQuery,
  StoreCounts,
  StoreReader,
} from '../port.ts';
import { openForReading } from './database.ts';
import { readDetection, readDetections } from './read-detections.ts';
import { readIncident, readIncidents } from './read-incidents.ts';
import { readRate } from './read-rate.ts';
import { readRecords } from './read-records.ts';
import { readLatestSamples, readSamples } from './read-samples.ts';
import { usedBytes } from './size.ts';

/**
 * A connection that can only read, for any thread or process, while the writer writes. Each query sees what was
 * committed when it began.
 * @throws when the file is missing: open the writer first, it makes it.
 */
export function openSqliteReader(options: { readonly path: string }): StoreReader {
  return new SqliteReader(openForReading(options.path));
}

class SqliteReader implements StoreReader {
  readonly #db: DatabaseSync;
  #stopped = false;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  async records(query: RecordQuery): Promise<Page<LogRecord>> {
    return readRecords(this.#db, query);
  }

  async detections(query: DetectionQuery): Promise<Page<Detection>> {
    return readDetections(this.#db, query);
  }

  async detection(id: string): Promise<Detection | null> {
    return readDetection(this.#db, id);
  }

  async incidents(query: IncidentQuery): Promise<Page<Incident>> {
    return readIncidents(this.#db, query);
  }

  async incident(id: string): Promise<Incident | null> {
    return readIncident(this.#db, id);
  }

  async rate(query: RateQuery): Promise<readonly RateBucket[]> {
    return readRate(this.#db, query);
  }

  async nodes(): Promise<readonly NodeState[]> {
    return this.#db
      .prepare('SELECT * FROM node ORDER BY host, agent LIMIT ?')
      .all(MAX_NODES)
      .map((row) => ({
        agent: String(row.agent),
        host: String(row.host),
        version: String(row.version),
        firstSeenUs: Number(row.first_seen_us),
        lastSeenUs: Number(row.last_seen_us),
        linesTotal: Number(row.lines_total),
        lostBytes: Number(row.lost_bytes),
      }));
  }

  async latestSamples(nowUs: number, withinUs: number): Promise<readonly MetricSample[]> {
    return readLatestSamples(this.#db, nowUs, withinUs);
  }

  async samples(query: SampleQuery): Promise<readonly MetricSample[]> {
    return readSamples(this.#db, query);
  }

  async counts(): Promise<StoreCounts> {
    const row = this.#db.prepare('SELECT records, detections FROM progress').get();
    return {
      records: Number(row?.records ?? 0),
      detections: Number(row?.detections ?? 0),
      sizeBytes: usedBytes(this.#db),
    };
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#db.close();
  }
}
