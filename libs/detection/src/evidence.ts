import type { Evidence, LogRecord } from '@suite/event';
import { boundedString } from './own-string.ts';

/** Lines kept with a detection; the count goes on past it. */
export const EVIDENCE_LINES = 20;
const TEXT_CHARS = 1024;

/** The last one made: several detectors keep the same line, and a flood of lines is kept by all of them. */
let latest: { readonly record: LogRecord; readonly evidence: Evidence } | null = null;

/** A record as evidence: where it stands, when, and its text, bounded. The same object for the same record in a row. */
export function evidenceOf(record: LogRecord): Evidence {
  if (latest?.record !== record) latest = { record, evidence: makeEvidence(record) };
  return latest.evidence;
}

function makeEvidence(record: LogRecord): Evidence {
  const { origin } = record;
  return {
    id: record.id,
    host: record.event?.['host.name'] ?? origin.host,
    file: origin.path,
    ...(origin.line === undefined ? {} : { line: origin.line }),
    offset: origin.offset,
    timeUs: record.timeUs,
    text: boundedString(record.raw, TEXT_CHARS),
  };
}
