import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Incident } from '@suite/event';
import { INCIDENT_FILTERS, type IncidentFilter } from '../incident-filter.ts';
import { levelRank } from '../level.ts';
import { clampLimit, MAX_PAGE } from '../limit.ts';
import type { IncidentQuery, Page } from '../port.ts';

export function readIncidents(db: DatabaseSync, query: IncidentQuery): Page<Incident> {
  const limit = clampLimit(query.limit, MAX_PAGE);
  const conditions: string[] = ['merged = 0'];
  const values: SQLInputValue[] = [];
  const where = (condition: string, ...bound: SQLInputValue[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  if (query.fromUs !== undefined) where('last_us >= ?', query.fromUs);
  if (query.toUs !== undefined) where('last_us < ?', query.toUs);
  if (query.minLevel !== undefined) where('level >= ?', levelRank(query.minLevel));
  if (query.open !== undefined) where('open = ?', query.open ? 1 : 0);
  for (const kind of Object.keys(INCIDENT_FILTERS) as IncidentFilter[]) {
    const value = query[kind];
    if (value === undefined) continue;
    where(
      'EXISTS (SELECT 1 FROM incident_entity e WHERE e.id = incident.id AND e.kind = ? AND e.value = ?)',
      kind,
      value,
    );
  }
  const cursor = /^(-?\d{1,16})\.(.{0,512})$/s.exec(query.cursor ?? '');
  if (cursor !== null) where('(last_us, id) < (?, ?)', Number(cursor[1]), cursor[2]!);
  const rows = db
    .prepare(
      `SELECT id, last_us, data FROM incident WHERE ${conditions.join(' AND ')} ORDER BY last_us DESC, id DESC LIMIT ?`,
    )
    .all(...values, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => JSON.parse(String(row.data)) as Incident),
    next: rows.length > limit && last !== undefined ? `${last.last_us}.${last.id}` : null,
  };
}

export function readIncident(db: DatabaseSync, id: string): Incident | null {
  const row = db.prepare('SELECT data FROM incident WHERE id = ?').get(id);
  return row === undefined ? null : (JSON.parse(String(row.data)) as Incident);
}
