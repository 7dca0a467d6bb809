import type { Incident } from '@suite/event';
import { INCIDENT_FILTERS, type IncidentFilter } from '../incident-filter.ts';
import { levelRank } from '../level.ts';
import { clampLimit, MAX_PAGE } from '../limit.ts';
import type { IncidentQuery, Page } from '../port.ts';
import { equals, timeNs, where } from './influxql.ts';
import type { InfluxQuery } from './query.ts';

/** Versions that one listing looks at, newest first. */
const MAX_VERSIONS = 10_000;
const FETCH = 50;
const FILTERS = Object.keys(INCIDENT_FILTERS) as IncidentFilter[];

interface Newest {
  readonly id: string;
  readonly version: number;
  readonly lastUs: number;
  readonly level: Incident['level'];
  readonly open: boolean;
  readonly merged: boolean;
  /** Values by filter, in the order of INCIDENT_FILTERS. */
  readonly filed: readonly (readonly string[])[];
}

/** Versions are points of their own; the newest of each id is chosen here, then its data is fetched. */
export async function readIncidents(influx: InfluxQuery, query: IncidentQuery): Promise<Page<Incident>> {
  const limit = clampLimit(query.limit, MAX_PAGE);
  const cursor = /^(-?\d{1,16})\.(.{0,512})$/s.exec(query.cursor ?? '');
  const all = (await newestVersions(influx, query.fromUs)).filter(
    (i) =>
      wanted(i, query) &&
      (cursor === null ||
        i.lastUs < Number(cursor[1]) ||
        (i.lastUs === Number(cursor[1]) && i.id < cursor[2]!)),
  );
  all.sort((a, b) => b.lastUs - a.lastUs || (a.id < b.id ? 1 : -1));
  const page = all.slice(0, limit);
  const data = new Map<string, Incident>();
  for (let i = 0; i < page.length; i += FETCH) {
    for (const incident of await fetchData(influx, page.slice(i, i + FETCH))) data.set(incident.id, incident);
  }
  const last = page.at(-1);
  return {
    items: page.map(({ id }) => data.get(id)).filter((incident) => incident !== undefined),
    next: all.length > limit && last !== undefined ? `${last.lastUs}.${last.id}` : null,
  };
}

export async function readIncident(influx: InfluxQuery, id: string): Promise<Incident | null> {
  const rows = await influx.run(
    `SELECT "data", "version" FROM "incidents"${where([equals('id', id)])} ORDER BY time DESC LIMIT 1000`,
  );
  let newest: (typeof rows)[number] | null = null;
  for (const row of rows) if (newest === null || Number(row.version) > Number(newest.version)) newest = row;
  return newest === null ? null : (JSON.parse(String(newest.data)) as Incident);
}

function wanted(incident: Newest, query: IncidentQuery): boolean {
  if (incident.merged) return false;
  if (query.fromUs !== undefined && incident.lastUs < query.fromUs) return false;
  if (query.toUs !== undefined && incident.lastUs >= query.toUs) return false;
  if (query.open !== undefined && incident.open !== query.open) return false;
  if (query.minLevel !== undefined && levelRank(incident.level) < levelRank(query.minLevel)) return false;
  return FILTERS.every((kind, at) => {
    const value = query[kind];
    return value === undefined || (incident.filed[at]?.includes(value) ?? false);
  });
}

/** `lastUs` of an incident never goes back, so what is newer than `fromUs` is among the points from there on. */
async function newestVersions(influx: InfluxQuery, fromUs: number | undefined): Promise<Newest[]> {
  const conditions = fromUs === undefined ? [] : [`time >= ${timeNs(fromUs)}`];
  const rows = await influx.run(
    `SELECT "id", "version", "last_us", "open", "merged", "filed", "level" FROM "incidents"${where(conditions)}
     ORDER BY time DESC LIMIT ${MAX_VERSIONS}`,
  );
  const newest = new Map<string, Newest>();
  for (const row of rows) {
    const id = String(row.id);
    const version = Number(row.version);
    if ((newest.get(id)?.version ?? -1) >= version) continue;
    newest.set(id, {
      id,
      version,
      lastUs: Number(row.last_us),
      level: row.level as Newest['level'],
      open: row.open === true,
      merged: row.merged === true,
      filed: JSON.parse(String(row.filed)) as string[][],
    });
  }
  return [...newest.values()];
}

async function fetchData(influx: InfluxQuery, page: readonly Newest[]): Promise<Incident[]> {
  const times = page.map((i) => i.lastUs);
  const which = page.map((i) => `(${equals('id', i.id)} AND "version" = ${i.version})`).join(' OR ');
  const rows = await influx.run(
    `SELECT "data" FROM "incidents" WHERE time >= ${timeNs(Math.min(...times))}
     AND time < ${timeNs(Math.max(...times) + 1)} AND (${which})`,
  );
  return rows.map((row) => JSON.parse(String(row.data)) as Incident);
}
