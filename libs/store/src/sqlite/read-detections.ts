import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Detection } from '@suite/event';
import { levelRank } from '../level.ts';
import { clampLimit, MAX_PAGE } from '../limit.ts';
import type { DetectionQuery, Page } from '../port.ts';

/** Filters and times are those of the newest version. */
export function readDetections(db: DatabaseSync, query: DetectionQuery): Page<Detection> {
  const limit = clampLimit(query.limit, MAX_PAGE);
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const where = (condition: string, ...bound: SQLInputValue[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  if (query.fromUs !== undefined) where('time_us >= ?', query.fromUs);
  if (query.toUs !== undefined) where('time_us < ?', query.toUs);
  if (query.rule !== undefined) where('rule = ?', query.rule);
  if (query.host !== undefined) where('host = ?', query.host);
  if (query.minLevel !== undefined) where('level >= ?', levelRank(query.minLevel));
  const cursor = /^(-?\d{1,16})\.(.{0,512})$/s.exec(query.cursor ?? '');
  if (cursor !== null) where('(time_us, latest_detection.id) < (?, ?)', Number(cursor[1]), cursor[2]!);
  const rows = db
    .prepare(
      `SELECT latest_detection.id, time_us, data FROM latest_detection JOIN detection USING (id, version)
       ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
       ORDER BY time_us DESC, latest_detection.id DESC LIMIT ?`,
    )
    .all(...values, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => JSON.parse(String(row.data)) as Detection),
    next: rows.length > limit && last !== undefined ? `${last.time_us}.${last.id}` : null,
  };
}

export function readDetection(db: DatabaseSync, id: string): Detection | null {
  const row = db.prepare('SELECT data FROM detection WHERE id = ? ORDER BY version DESC LIMIT 1').get(id);
  return row === undefined ? null : (JSON.parse(String(row.data)) as Detection);
}
