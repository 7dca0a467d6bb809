import type { Detection, Incident, LogRecord, MetricSample } from '@suite/event';
import { MAX_BUCKETS, MAX_NODES } from '../limit.ts';
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
import type { InfluxConnection } from './connection.ts';
import { equals, parseTimeNs, where } from './influxql.ts';
import { InfluxQuery } from './query.ts';
import { readDetection, readDetections } from './read-detections.ts';
import { readIncident, readIncidents } from './read-incidents.ts';
import { readRecords, timeConditions } from './read-records.ts';
import { readLatestSamples, readSamples } from './read-samples.ts';
import { tagValue } from './tag-value.ts';

export interface InfluxReaderOptions extends InfluxConnection {
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/** Reads what has been shipped so far. All of it is InfluxQL. */
export function openInfluxReader(options: InfluxReaderOptions): StoreReader {
  return new InfluxReader(new InfluxQuery(options, options.fetch ?? fetch, options.timeoutMs ?? 30_000));
}

class InfluxReader implements StoreReader {
  readonly #influx: InfluxQuery;

  constructor(influx: InfluxQuery) {
    this.#influx = influx;
  }

  records(query: RecordQuery): Promise<Page<LogRecord>> {
    return readRecords(this.#influx, query);
  }

  detections(query: DetectionQuery): Promise<Page<Detection>> {
    return readDetections(this.#influx, query);
  }

  detection(id: string): Promise<Detection | null> {
    return readDetection(this.#influx, id);
  }

  incidents(query: IncidentQuery): Promise<Page<Incident>> {
    return readIncidents(this.#influx, query);
  }

  incident(id: string): Promise<Incident | null> {
    return readIncident(this.#influx, id);
  }

  /** Buckets of whole seconds and more are exact; a log with whole seconds has nothing finer. */
  async rate(query: RateQuery): Promise<readonly RateBucket[]> {
    const { bucketUs } = query;
    if (!Number.isSafeInteger(bucketUs) || bucketUs <= 0)
      throw new RangeError('bucketUs must be a positive integer');
    const conditions = timeConditions(query.fromUs, query.toUs);
    if (query.fromUs === undefined) conditions.push('time >= 0');
    if (query.host !== undefined) conditions.push(equals('host', tagValue(query.host)));
    const rows = await this.#influx.run(
      `SELECT count("id") AS n FROM "logs"${where(conditions)} GROUP BY time(${bucketUs}u) fill(none)
       ORDER BY time DESC LIMIT ${MAX_BUCKETS}`,
    );
    return rows
      .map((row) => ({ startUs: Number(parseTimeNs(String(row.time)) / 1_000n), count: Number(row.n) }))
      .filter((bucket) => bucket.count > 0)
      .reverse();
  }

  async nodes(): Promise<readonly NodeState[]> {
    const rows = await this.#influx.run(
      `SELECT "data" FROM "nodes" GROUP BY "agent" ORDER BY time DESC LIMIT 1 SLIMIT ${MAX_NODES}`,
    );
    return rows
      .map((row) => JSON.parse(String(row.data)) as NodeState)
      .sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : a.agent < b.agent ? -1 : 1));
  }

  latestSamples(nowUs: number, withinUs: number): Promise<readonly MetricSample[]> {
    return readLatestSamples(this.#influx, nowUs, withinUs);
  }

  samples(query: SampleQuery): Promise<readonly MetricSample[]> {
    return readSamples(this.#influx, query);
  }

  /** The size on the server's disk is not to be had by InfluxQL: 0. */
  async counts(): Promise<StoreCounts> {
    const [records] = await this.#influx.run('SELECT count("id") AS n FROM "logs"');
    const [detections] = await this.#influx.run('SELECT count(distinct("id")) AS n FROM "detections"');
    return { records: Number(records?.n ?? 0), detections: Number(detections?.n ?? 0), sizeBytes: 0 };
  }

  async stop(): Promise<void> {}
}
