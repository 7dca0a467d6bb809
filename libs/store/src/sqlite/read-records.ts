import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { type LogRecord, type SourceKind, streamHash } from '@suite/event';
import { decodeEvent } from '../event-column.ts';
import { clampLimit, MAX_PAGE } from '../limit.ts';
import type { Page, RecordQuery, TimeRange } from '../port.ts';
import { parseTextQuery } from '../text-query.ts';
import { tagWord } from './tags.ts';
import { matchExpression } from './text-match.ts';
import { ORDER_BITS } from './time-key.ts';

const COLUMNS = `record.id >> 10 AS block, record.id & 1023 AS slot, record.time_us, record.observed_us, record.offset,
  record.line, record.message_at, record.raw, record.event, format.name AS format,
  stream.agent, stream.stream, origin.kind, origin.path, host.name AS host`;

const JOINS = `JOIN origin ON origin.id = record.origin_id JOIN stream ON stream.id = origin.stream_id
  JOIN host ON host.id = origin.host_id JOIN format ON format.id = record.format_id`;

/**
 * One walk down the keys: of the table when nothing but time is asked for, else of the full-text index. CROSS JOIN
 * keeps SQLite from choosing any other order.
 */
export function readRecords(db: DatabaseSync, query: RecordQuery): Page<LogRecord> {
  const limit = clampLimit(query.limit, MAX_PAGE);
  const { fromKey, beforeKey } = keyRange(db, query);
  const cursorKey = parseCursor(query.cursor);
  const endKey = cursorKey !== null && cursorKey < beforeKey ? cursorKey : beforeKey;
  if (fromKey >= endKey) return { items: [], next: null };
  const match = ftsExpression(query);
  const values: SQLInputValue[] = [fromKey, endKey - 1n];
  let conditions = '';
  if (query.fromUs !== undefined) {
    conditions += ' AND record.time_us >= ?';
    values.push(query.fromUs);
  }
  if (query.toUs !== undefined) {
    conditions += ' AND record.time_us < ?';
    values.push(query.toUs);
  }
  const sql =
    match === null
      ? `SELECT ${COLUMNS} FROM record ${JOINS} WHERE record.id BETWEEN ? AND ? ${conditions} ORDER BY record.id DESC LIMIT ?`
      : `SELECT ${COLUMNS} FROM line_index CROSS JOIN record ON record.id = line_index.rowid ${JOINS}
         WHERE line_index MATCH ? AND line_index.rowid BETWEEN ? AND ? ${conditions}
         ORDER BY line_index.rowid DESC LIMIT ?`;
  const rows = db.prepare(sql).all(...(match === null ? [] : [match]), ...values, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? `${last.block}.${last.slot}` : null;
  return { items: page.map(toRecord), next };
}

function ftsExpression(query: RecordQuery): string | null {
  const tags = [
    query.host !== undefined && tagWord('h', query.host),
    query.path !== undefined && tagWord('p', query.path),
    query.action !== undefined && tagWord('a', query.action),
    query.outcome !== undefined && tagWord('o', query.outcome),
    query.program !== undefined && tagWord('g', query.program),
    query.sourceAddress !== undefined && tagWord('s', query.sourceAddress),
    query.user !== undefined && tagWord('u', query.user),
  ].filter((tag) => tag !== false);
  const text = query.text === undefined ? null : matchExpression(parseTextQuery(query.text));
  const filter = tags.length === 0 ? null : `{tag} : (${tags.join(' AND ')})`;
  if (text === null || filter === null) return text ?? filter;
  return `${filter} AND ${text}`;
}

/** Keys from (inclusive) and before (exclusive) that the time range may stand on, spilled ones included. */
export function keyRange(db: DatabaseSync, range: TimeRange): { fromKey: bigint; beforeKey: bigint } {
  const spillUs = BigInt(Number(db.prepare('SELECT spill_us FROM progress').get()?.spill_us ?? 0));
  return {
    fromKey: range.fromUs === undefined ? -(2n ** 63n) + 1n : clampUs(range.fromUs) << ORDER_BITS,
    beforeKey: range.toUs === undefined ? 2n ** 63n - 1n : (clampUs(range.toUs) + spillUs) << ORDER_BITS,
  };
}

function clampUs(us: number): bigint {
  return BigInt(Math.trunc(Math.min(2 ** 52, Math.max(-(2 ** 52), Number.isNaN(us) ? 0 : us))));
}

/** Null for what was no cursor of ours: then the page is the first one. */
function parseCursor(cursor: string | undefined): bigint | null {
  const match = /^(-?\d{1,16})\.(\d{1,4})$/.exec(cursor ?? '');
  if (match === null) return null;
  return (BigInt(match[1]!) << ORDER_BITS) + BigInt(match[2]!);
}

type Row = Record<string, SQLOutputValue>;

function toRecord(row: Row): LogRecord {
  const agent = String(row.agent);
  const stream = String(row.stream);
  const offset = Number(row.offset);
  const raw = String(row.raw);
  const line = row.line;
  return {
    id: streamHash(agent, stream) + offset.toString(16).padStart(12, '0'),
    origin: {
      agent,
      host: String(row.host),
      kind: row.kind as SourceKind,
      path: String(row.path),
      stream,
      offset,
      ...(typeof line === 'number' ? { line } : {}),
    },
    raw,
    format: String(row.format),
    timeUs: Number(row.time_us),
    observedUs: Number(row.observed_us),
    event: decodeEvent(row.event as string | null, raw, row.message_at as number | null),
  };
}
