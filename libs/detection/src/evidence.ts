import type { Evidence, LogRecord } from '@suite/event';

/** Lines kept with a detection; the count goes on past it. */
export const EVIDENCE_LINES = 20;
const TEXT_CHARS = 1024;

/** A record as evidence: where it stands, when, and its text, bounded. */
export function evidenceOf(record: LogRecord): Evidence {
  const { origin } = record;
  return {
    id: record.id,
    host: record.event?.['host.name'] ?? origin.host,
    file: origin.path,
    ...(origin.line === undefined ? {} : { line: origin.line }),
    offset: origin.offset,
    timeUs: record.timeUs,
    text: record.raw.length > TEXT_CHARS ? record.raw.slice(0, TEXT_CHARS) : record.raw,
  };
}
