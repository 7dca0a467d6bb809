/** How long something may hold: seconds, and as a person says it. */
export type Span = readonly [seconds: number, words: string];

const HOUR = 3600;
const DAY = 24 * HOUR;

export const BAN_SPANS: readonly Span[] = [
  [HOUR, '1 hour'],
  [4 * HOUR, '4 hours'],
  [DAY, '1 day'],
  [7 * DAY, '7 days'],
  [30 * DAY, '30 days'],
];

/** 90 days is the longest that NADIR takes. */
export const MUTE_SPANS: readonly Span[] = [
  [HOUR, '1 hour'],
  [8 * HOUR, '8 hours'],
  [DAY, '1 day'],
  [7 * DAY, '7 days'],
  [30 * DAY, '30 days'],
  [90 * DAY, '90 days'],
];
