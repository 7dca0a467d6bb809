import type { Evidence, Level } from './detection.ts';

/** What a person is told: by a notifier, or as one entry of a digest. Everything in it is plain text. */
export interface Alert {
  /** Stable: the same alert is never sent twice by the same notifier. */
  readonly id: string;
  readonly kind: 'incident' | 'digest' | 'test';
  readonly level: Level;
  readonly timeUs: number;
  /** At most 120 characters. */
  readonly title: string;
  /** Why this is told, in plain words, and what was usual until now. */
  readonly text: string;
  /** What to do next, most urgent first. */
  readonly next: readonly string[];
  /** The lines that it rests on, at most 5. */
  readonly lines: readonly Evidence[];
  readonly entities: Readonly<Record<string, readonly string[]>>;
  readonly incidentId?: string;
}
