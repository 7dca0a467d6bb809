import type { Event, LogRecord, SourceKind } from '@suite/event';
import { clampLimit, MAX_PAGE } from '../limit.ts';
import type { Page, RecordQuery } from '../port.ts';
import { parseTextQuery } from '../text-query.ts';
import { equals, parseTimeNs, timeNs, where } from './influxql.ts';
import { POINT_SPREAD_US } from './point-time.ts';
import type { InfluxQuery, InfluxRow } from './query.ts';
import { actionTag, outcomeTag, programTag, tagValue } from './tag-value.ts';
import { termPattern } from './text-match.ts';

/** Conditions on a point's time are the index, the one on `time_us` is exact: points stand up to a second later. */
export function timeConditions(fromUs: number | undefined, toUs: number | undefined): string[] {
  const conditions: string[] = [];
  if (fromUs !== undefined)
    conditions.push(`time >= ${timeNs(fromUs)}`, `"time_us" >= ${Math.trunc(fromUs)}`);
  if (toUs !== undefined) {
    conditions.push(`time < ${timeNs(toUs + POINT_SPREAD_US)}`, `"time_us" < ${Math.trunc(toUs)}`);
  }
  return conditions;
}

export async function readRecords(influx: InfluxQuery, query: RecordQuery): Promise<Page<LogRecord>> {
  const limit = clampLimit(query.limit, MAX_PAGE);
  const conditions = timeConditions(query.fromUs, query.toUs);
  const add = (value: string | undefined, condition: (value: string) => string[]) => {
    if (value !== undefined) conditions.push(...condition(value));
  };
  add(query.host, (v) => [equals('host', tagValue(v))]);
  add(query.action, (v) => [equals('action', actionTag(v)), equals('action_name', v)]);
  add(query.outcome, (v) => [equals('outcome', outcomeTag(v))]);
  add(query.program, (v) => [equals('program', programTag(v)), equals('program_name', v)]);
  add(query.sourceAddress, (v) => [equals('address', v)]);
  add(query.user, (v) => [equals('user', v)]);
  add(query.path, (v) => [equals('path', v)]);
  for (const term of parseTextQuery(query.text ?? '')) conditions.push(`"message" =~ /${termPattern(term)}/`);
  const cursor = /^(-?\d{1,19})\.(\d{1,6})$/.exec(query.cursor ?? '');
  const skip = cursor === null ? 0 : Number(cursor[2]);
  if (cursor !== null) conditions.push(`time <= ${cursor[1]}`);
  const rows = await influx.run(
    `SELECT * FROM "logs"${where(conditions)} ORDER BY time DESC LIMIT ${limit + 1} OFFSET ${skip}`,
  );
  const page = rows.slice(0, limit);
  return {
    items: page.map(toRecord),
    next: rows.length > limit ? nextCursor(page, cursor?.[1], skip) : null,
  };
}

/** Time of the last row, and how many rows of that very time are behind. */
function nextCursor(page: readonly InfluxRow[], cursorNs: string | undefined, skip: number): string {
  const lastNs = parseTimeNs(String(page.at(-1)!.time));
  let behind = 0;
  for (let i = page.length - 1; i >= 0 && parseTimeNs(String(page[i]!.time)) === lastNs; i -= 1) behind += 1;
  return `${lastNs}.${cursorNs === lastNs.toString() ? behind + skip : behind}`;
}

function toRecord(row: InfluxRow): LogRecord {
  const raw = String(row.message ?? '');
  const [agent, host, stream] = JSON.parse(String(row.origin)) as [string, string, string];
  const line = row.line;
  let event: Event | null = null;
  if (typeof row.event === 'string') {
    event = JSON.parse(row.event) as Event;
    if (typeof row.message_at === 'number') event.message = raw.slice(row.message_at);
  }
  return {
    id: String(row.id),
    origin: {
      agent,
      host,
      kind: row.kind as SourceKind,
      path: String(row.path ?? ''),
      stream,
      offset: Number(row.offset),
      ...(typeof line === 'number' ? { line } : {}),
    },
    raw,
    format: String(row.format ?? ''),
    timeUs: Number(row.time_us),
    observedUs: Number(row.observed_us),
    event,
  };
}
