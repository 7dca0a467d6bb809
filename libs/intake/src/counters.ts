import type { RefusalReason } from './refusal.ts';

/** What the OTLP intake has done since it was created. Read it at any time; only the routes write. */
export interface IntakeCounters {
  /** Batches that became durable. */
  accepted: number;
  /** Batches that were acknowledged again without being written. */
  duplicates: number;
  records: number;
  /** Bodies accepted, as received and decompressed. */
  bodyBytes: number;
  rawBytes: number;
  /** Bytes of bodies that are held right now. */
  inFlightBytes: number;
  readonly refused: Partial<Record<RefusalReason, number>>;
}

export function createIntakeCounters(): IntakeCounters {
  return { accepted: 0, duplicates: 0, records: 0, bodyBytes: 0, rawBytes: 0, inFlightBytes: 0, refused: {} };
}
