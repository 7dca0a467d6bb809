import type { Detection, LogRecord } from '@suite/event';

/**
 * Watches parsed records and reports what they add up to. Pure: time is the log's own, `nowUs` is handed in.
 * State is bounded; what is forgotten first is stated in the detector's file.
 */
export interface Detector {
  /** Stable rule name, kebab case; unique. */
  readonly rule: string;
  /** Called for each record in order. Most records are none of its business: return fast. */
  observe(record: LogRecord, report: Report): void;
  /**
   * Time passed without records: once a second of the log's clock at most. For what is noticed by absence.
   * Detectors that need none leave it out.
   */
  tick?(nowUs: number, report: Report): void;
  /** JSON-serialisable; `restore` of it makes a detector that behaves the same from here on. */
  snapshot(): unknown;
  restore(state: unknown): void;
}

export type Report = (detection: Detection) => void;
