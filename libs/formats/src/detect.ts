import type { Format, FormatHints } from './port.ts';

/**
 * From this confidence on a sample is taken to be of a format. Confidence is the share of the sample's lines
 * that the format parses, lowered where a line could be another's: 0.5 means that at least half of the lines
 * are its own, and that no other format claims more.
 */
export const DECISION_THRESHOLD = 0.5;

/** From this confidence on one line is enough: nothing else looks like it. */
export const EARLY_THRESHOLD = 0.9;

/** From this confidence on four lines are: one of them may be odd, as where rotation cut a line in two. */
export const FOUR_LINES_THRESHOLD = 0.7;

/** At most so many lines are looked at. */
export const SAMPLE_LINES = 200;

/** Longer lines are no evidence: every format would have to read them whole. */
const EVIDENCE_CHARS = 64 * 1024;

export interface Detected {
  /** The format of most confidence, the first in the list among equals; null below DECISION_THRESHOLD. */
  readonly format: Format | null;
  /** Of the best format, whether or not it reaches the threshold. */
  readonly confidence: number;
}

/** Which of `formats` the sample is written in. */
export function detectAmong(
  formats: readonly Format[],
  sample: readonly string[],
  hints: FormatHints,
): Detected {
  const lines = sample.slice(0, SAMPLE_LINES).filter((text) => text.length <= EVIDENCE_CHARS);
  let format: Format | null = null;
  let confidence = 0;
  for (const candidate of formats) {
    const own = candidate.confidence(lines, hints);
    if (own > confidence) {
      format = candidate;
      confidence = own;
    }
  }
  return { format: confidence >= DECISION_THRESHOLD ? format : null, confidence };
}
