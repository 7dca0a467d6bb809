import type { LogRecord } from '@suite/event';
import type { ApiRecord } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';

const RAW_MAX = 8192;
const VALUE_MAX = 2048;
const FIELDS_MAX = 100;

/** A record as the API shows it: bounded, whatever the line was. */
export function recordView(record: LogRecord): ApiRecord {
  const { origin } = record;
  return {
    id: record.id,
    time: isoFromUs(record.timeUs),
    timeUs: record.timeUs,
    observed: isoFromUs(record.observedUs),
    agent: origin.agent,
    host: origin.host,
    kind: origin.kind,
    path: origin.path,
    ...(origin.line === undefined ? {} : { line: origin.line }),
    offset: origin.offset,
    format: record.format,
    raw: record.raw.slice(0, RAW_MAX).toWellFormed(),
    rawLength: record.raw.length,
    event: record.event === null ? null : eventView(record.event),
  };
}

function eventView(event: NonNullable<LogRecord['event']>): NonNullable<ApiRecord['event']> {
  const view: NonNullable<ApiRecord['event']> = Object.create(null);
  let fields = 0;
  for (const [key, value] of Object.entries(event)) {
    if (key === 'timeUs' || value === undefined) continue;
    if (typeof value === 'number' && !Number.isFinite(value)) continue;
    if (++fields > FIELDS_MAX) break;
    view[key.slice(0, 256)] = typeof value === 'string' ? value.slice(0, VALUE_MAX).toWellFormed() : value;
  }
  return { ...view };
}
