import { median } from './rhythm.ts';

/** Volumes of one node, five minutes each, by hour of the day. Plain data. */
export interface HourBaseline {
  /** 24 lists, each of the newest volumes in bytes, oldest first. */
  hours: number[][];
  /** How many were learned in all. */
  count: number;
}

/** Three days of an hour's five-minute buckets. */
const PER_HOUR = 36;
const HOUR_US = 3_600e6;
/** A day of them: less says nothing of what is usual. */
const ENOUGH = 288;
/** The hour has to be known itself, or the day speaks for it. */
const ENOUGH_OF_HOUR = 6;

export function freshBaseline(): HourBaseline {
  return { hours: Array.from({ length: 24 }, () => []), count: 0 };
}

export function learn(baseline: HourBaseline, timeUs: number, bytes: number): void {
  const hour = baseline.hours[hourOf(timeUs)]!;
  hour.push(Math.round(bytes));
  if (hour.length > PER_HOUR) hour.shift();
  baseline.count += 1;
}

/** What is usual at a time of the day, and from where on it is not; null while too little is known. */
export interface UsualVolume {
  readonly bytes: number;
  readonly limitBytes: number;
}

/**
 * Robust: medians of logarithms, since volumes spread over orders of magnitude. The limit is six deviations above the
 * middle of the hour, twice what this hour and its neighbours had at most, and never within what nine of ten buckets of
 * the whole day have.
 */
export function usualVolume(baseline: HourBaseline, timeUs: number): UsualVolume | null {
  if (baseline.count < ENOUGH) return null;
  const hour = hourOf(timeUs);
  const own = baseline.hours[hour]!;
  const near = [own, baseline.hours[(hour + 23) % 24]!, baseline.hours[(hour + 1) % 24]!].flat();
  const all = baseline.hours.flat();
  const sample = (own.length >= ENOUGH_OF_HOUR ? own : all).map((bytes) => Math.log(bytes + 1));
  const middle = median(sample);
  const spread = 1.4826 * median(sample.map((value) => Math.abs(value - middle)));
  const statistical = Math.exp(middle + 6 * Math.max(spread, 0.2));
  const most = near.length === 0 ? 0 : Math.max(...near);
  const busy = [...all].sort((a, b) => a - b)[Math.floor(all.length * 0.9)] ?? 0;
  return { bytes: Math.exp(middle) - 1, limitBytes: Math.max(statistical, 2 * most, busy) };
}

function hourOf(timeUs: number): number {
  return Math.floor(timeUs / HOUR_US) % 24;
}
