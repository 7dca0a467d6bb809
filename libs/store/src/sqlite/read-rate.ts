import type { DatabaseSync } from 'node:sqlite';
import { MAX_BUCKETS } from '../limit.ts';
import type { RateBucket, RateQuery } from '../port.ts';
import { keyRange } from './read-records.ts';

const MINUTE_US = 60_000_000;

/**
 * From the counts per minute where whole minutes are asked for; the part minutes at the ends of the range, and
 * buckets finer than that, are counted from the records. At most 10,080 buckets: the newest, or, of buckets finer than
 * a minute with a start, the first.
 */
export function readRate(db: DatabaseSync, query: RateQuery): readonly RateBucket[] {
  const { bucketUs, toUs } = query;
  if (!Number.isSafeInteger(bucketUs) || bucketUs <= 0)
    throw new RangeError('bucketUs must be a positive integer');
  const fromUs = startOf(db, query);
  if (fromUs === null) return [];
  const counts = new Map<number, number>();
  const add = (us: number, count: number) => {
    const startUs = Math.floor(us / bucketUs) * bucketUs;
    counts.set(startUs, (counts.get(startUs) ?? 0) + count);
  };
  if (bucketUs % MINUTE_US !== 0) {
    const endUs = Math.min(toUs ?? Number.POSITIVE_INFINITY, fromUs + MAX_BUCKETS * bucketUs);
    countRecords(db, { ...query, fromUs, toUs: endUs }, bucketUs, add);
  } else {
    const firstMinute = Math.ceil(fromUs / MINUTE_US);
    const endMinute = toUs === undefined ? undefined : Math.floor(toUs / MINUTE_US);
    if (endMinute !== undefined && firstMinute > endMinute) {
      countRecords(db, { ...query, fromUs }, bucketUs, add);
    } else {
      if (fromUs !== firstMinute * MINUTE_US) {
        countRecords(db, { ...query, fromUs, toUs: firstMinute * MINUTE_US }, bucketUs, add);
      }
      countMinutes(db, firstMinute, endMinute, query.host, (minute, count) => add(minute * MINUTE_US, count));
      if (endMinute !== undefined && toUs !== endMinute * MINUTE_US) {
        countRecords(db, { ...query, fromUs: endMinute * MINUTE_US }, bucketUs, add);
      }
    }
  }
  return [...counts]
    .map(([startUs, count]) => ({ startUs, count }))
    .sort((a, b) => a.startUs - b.startUs)
    .slice(-MAX_BUCKETS);
}

/** Where the walk starts: without a start that is asked for, as many buckets back from the newest as there may be. */
function startOf(db: DatabaseSync, query: RateQuery): number | null {
  if (query.fromUs !== undefined) return query.fromUs;
  const newest = db.prepare('SELECT max(minute) AS minute FROM rate').get()?.minute;
  if (typeof newest !== 'number') return null;
  const endUs = Math.min(query.toUs ?? Number.POSITIVE_INFINITY, (newest + 1) * MINUTE_US);
  const lastBucketUs = Math.floor((endUs - 1) / query.bucketUs) * query.bucketUs;
  return Math.max(-(2 ** 52), lastBucketUs - (MAX_BUCKETS - 1) * query.bucketUs);
}

type Add = (us: number, count: number) => void;

function countMinutes(
  db: DatabaseSync,
  first: number,
  end: number | undefined,
  host: string | undefined,
  add: Add,
): void {
  const rows = db
    .prepare(
      `SELECT minute, sum(count) AS n FROM rate WHERE minute >= ? AND minute < ?
       ${host === undefined ? '' : 'AND host_id = (SELECT id FROM host WHERE name = ?)'} GROUP BY minute`,
    )
    .iterate(first, end ?? 2 ** 52, ...(host === undefined ? [] : [host]));
  for (const row of rows) add(Number(row.minute), Number(row.n));
}

function countRecords(db: DatabaseSync, query: RateQuery, bucketUs: number, add: Add): void {
  const { fromKey, beforeKey } = keyRange(db, query);
  const { host } = query;
  const rows = db
    .prepare(
      `SELECT min(time_us) AS us, count(*) AS n FROM record
       ${host === undefined ? '' : 'JOIN origin ON origin.id = record.origin_id'}
       WHERE record.id >= ? AND record.id < ? AND time_us >= ? AND time_us < ?
       ${host === undefined ? '' : 'AND origin.host_id = (SELECT id FROM host WHERE name = ?)'}
       GROUP BY time_us - ((time_us % CAST(? AS INTEGER)) + CAST(? AS INTEGER)) % CAST(? AS INTEGER)
       ORDER BY us DESC LIMIT ?`,
    )
    .iterate(
      fromKey,
      beforeKey,
      query.fromUs ?? -(2 ** 53),
      query.toUs ?? 2 ** 53,
      ...(host === undefined ? [] : [host]),
      bucketUs,
      bucketUs,
      bucketUs,
      MAX_BUCKETS,
    );
  for (const row of rows) add(Number(row.us), Number(row.n));
}
