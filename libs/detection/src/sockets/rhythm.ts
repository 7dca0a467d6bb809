/** How regular a series of times is. */
export interface Rhythm {
  /** The middle one of the intervals. */
  readonly periodUs: number;
  /** The middle one of their distances from it. */
  readonly jitterUs: number;
}

/** Times come from looks that are seconds apart: that much is no irregularity. */
const GRAIN_US = 1.5e6;
const SHORTEST_US = 10e6;
/** A jitter of 20 % either way has its middle at 10 %. */
const JITTER = 0.12;
/** Of fewer times less. Connections by chance pass in under two cases of a thousand with eight times, in under one with twelve. */
const FEW = 12;
const JITTER_OF_FEW = 0.06;
/** Of all intervals but one. */
const REACH = 0.45;

/**
 * The rhythm of times in ascending order, or null where there is none: the middle distance of the intervals from their
 * middle one is within 12 % (6 % of fewer than 12 times), and all of them but one are within 45 % of it, where a beat that was missed counts as two.
 */
export function rhythmOf(times: readonly number[]): Rhythm | null {
  if (times.length < 3) return null;
  const intervals = times.slice(1).map((time, at) => time - times[at]!);
  const periodUs = median(intervals);
  if (periodUs < SHORTEST_US) return null;
  const distances = intervals.map((interval) => Math.abs(interval - periodUs));
  const jitterUs = median(distances);
  const mostUs = times.length < FEW ? JITTER_OF_FEW * periodUs : Math.max(GRAIN_US, JITTER * periodUs);
  if (jitterUs > mostUs) return null;
  const reach = Math.max(2 * GRAIN_US, REACH * periodUs);
  const outside = intervals.filter(
    (interval) => Math.min(Math.abs(interval - periodUs), Math.abs(interval - 2 * periodUs)) > reach,
  );
  return outside.length <= 1 ? { periodUs, jitterUs } : null;
}

/** The middle one; of an even number, the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
