import type { Action, Detection, LogRecord, MetricSample } from '@suite/event';
import type { RuleAbout } from './about.ts';
import type { Attempt } from './attempt.ts';

/**
 * Watches parsed records and reports what they add up to. Pure: time is the log's own, `nowUs` is handed in.
 * State is bounded; what is forgotten first is stated in the detector's file.
 */
export interface Detector {
  /** Stable name, kebab case; unique. The `rule` of its detections where it has one rule. */
  readonly rule: string;
  /** What it can report, for the documentation and the examples' test; most detectors have one rule. */
  readonly about: readonly RuleAbout[];
  /** The actions it wants to see, `attempt` for every decided authentication attempt, or `all`. */
  readonly wants: 'all' | 'attempt' | readonly Action[];
  /** Also wants records whose `event` is null; `all` alone does not bring them. */
  readonly unparsed?: true;
  /** Called for each wanted record in the order of the log. */
  observe(seen: Observation, report: Report): void;
  /** Called for each measurement of a node, in the order of arrival. Detectors that need none leave it out. */
  sample?(sample: MetricSample, report: Report): void;
  /**
   * Time passed: at most once a second of the log's clock. For what is noticed by absence. Detectors that
   * need none leave it out.
   */
  tick?(nowUs: number, report: Report): void;
  /** JSON-serialisable; `restore` of it makes a detector that behaves the same from here on. */
  snapshot(): unknown;
  restore(state: unknown): void;
}

export interface Observation {
  readonly record: LogRecord;
  /** What the record decides about a login, with double accounts of the same attempt left out. */
  readonly attempt: Attempt | null;
}

export type Report = (detection: Detection) => void;
