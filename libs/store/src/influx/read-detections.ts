import type { Detection } from '@suite/event';
import { levelRank } from '../level.ts';
import { clampLimit, MAX_PAGE } from '../limit.ts';
import type { DetectionQuery, Page } from '../port.ts';
import { equals, timeNs, where } from './influxql.ts';
import type { InfluxQuery, InfluxRow } from './query.ts';

/** Versions that one listing looks at, newest first: far more than people's clusters raise. */
const MAX_VERSIONS = 20_000;
const FETCH = 50;

interface Newest {
  readonly id: string;
  readonly version: number;
  readonly timeUs: number;
  readonly rule: string;
  readonly host: string;
  readonly level: Detection['level'];
}

/** Versions are points of their own; the newest of each id is chosen here, then its data is fetched. */
export async function readDetections(influx: InfluxQuery, query: DetectionQuery): Promise<Page<Detection>> {
  const limit = clampLimit(query.limit, MAX_PAGE);
  const cursor = /^(-?\d{1,16})\.(.{0,512})$/s.exec(query.cursor ?? '');
  const all = (await newestVersions(influx, query.fromUs)).filter(
    (d) =>
      (query.fromUs === undefined || d.timeUs >= query.fromUs) &&
      (query.toUs === undefined || d.timeUs < query.toUs) &&
      (query.rule === undefined || d.rule === query.rule) &&
      (query.host === undefined || d.host === query.host) &&
      (query.minLevel === undefined || levelRank(d.level) >= levelRank(query.minLevel)) &&
      (cursor === null ||
        d.timeUs < Number(cursor[1]) ||
        (d.timeUs === Number(cursor[1]) && d.id < cursor[2]!)),
  );
  all.sort((a, b) => b.timeUs - a.timeUs || (a.id < b.id ? 1 : -1));
  const page = all.slice(0, limit);
  const data = new Map<string, Detection>();
  for (let i = 0; i < page.length; i += FETCH) {
    for (const detection of await fetchData(influx, page.slice(i, i + FETCH)))
      data.set(detection.id, detection);
  }
  const last = page.at(-1);
  return {
    items: page.map((d) => data.get(d.id)).filter((d) => d !== undefined),
    next: all.length > limit && last !== undefined ? `${last.timeUs}.${last.id}` : null,
  };
}

export async function readDetection(influx: InfluxQuery, id: string): Promise<Detection | null> {
  const rows = await influx.run(
    `SELECT "data", "version" FROM "detections"${where([equals('id', id)])} ORDER BY time DESC LIMIT 1000`,
  );
  return rows.reduce<InfluxRow | null>(newer, null)?.data === undefined
    ? null
    : parse(rows.reduce<InfluxRow | null>(newer, null)!);
}

function newer(best: InfluxRow | null, row: InfluxRow): InfluxRow {
  return best === null || Number(row.version) > Number(best.version) ? row : best;
}

function parse(row: InfluxRow): Detection {
  return JSON.parse(String(row.data)) as Detection;
}

async function newestVersions(influx: InfluxQuery, fromUs: number | undefined): Promise<Newest[]> {
  const conditions = fromUs === undefined ? [] : [`time >= ${timeNs(fromUs)}`];
  const rows = await influx.run(
    `SELECT "id", "version", "time_us", "filed", "level" FROM "detections"${where(conditions)}
     ORDER BY time DESC LIMIT ${MAX_VERSIONS}`,
  );
  const newest = new Map<string, Newest>();
  for (const row of rows) {
    const id = String(row.id);
    const version = Number(row.version);
    if ((newest.get(id)?.version ?? -1) >= version) continue;
    const [rule, host] = JSON.parse(String(row.filed)) as [string, string];
    newest.set(id, {
      id,
      version,
      timeUs: Number(row.time_us),
      rule,
      host,
      level: row.level as Newest['level'],
    });
  }
  return [...newest.values()];
}

async function fetchData(influx: InfluxQuery, page: readonly Newest[]): Promise<Detection[]> {
  const times = page.map((d) => d.timeUs);
  const which = page.map((d) => `(${equals('id', d.id)} AND "version" = ${d.version})`).join(' OR ');
  const rows = await influx.run(
    `SELECT "data" FROM "detections" WHERE time >= ${timeNs(Math.min(...times))}
     AND time < ${timeNs(Math.max(...times) + 1)} AND (${which})`,
  );
  return rows.map(parse);
}
