import type { RateBucket } from '@suite/store';
import type { ApiRate } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';

/** A time range cut into whole buckets. */
export interface RateWindow {
  readonly fromUs: number;
  readonly toUs: number;
  readonly bucketUs: number;
}

/** The window widened to whole buckets, aligned to the epoch. */
export function wholeBuckets(window: RateWindow): RateWindow {
  const { bucketUs } = window;
  return {
    bucketUs,
    fromUs: Math.floor(window.fromUs / bucketUs) * bucketUs,
    toUs: Math.ceil(window.toUs / bucketUs) * bucketUs,
  };
}

/** An even series: buckets that the store leaves out are zeros here. `window` is one of whole buckets. */
export function rateView(buckets: readonly RateBucket[], window: RateWindow): ApiRate {
  const counts = new Map<number, number>();
  for (const bucket of buckets) {
    const startUs = Math.floor(bucket.startUs / window.bucketUs) * window.bucketUs;
    counts.set(startUs, (counts.get(startUs) ?? 0) + bucket.count);
  }
  const series: ApiRate['buckets'] = [];
  for (let startUs = window.fromUs; startUs < window.toUs; startUs += window.bucketUs) {
    series.push({ start: isoFromUs(startUs), startUs, count: counts.get(startUs) ?? 0 });
  }
  return {
    bucketSeconds: window.bucketUs / 1_000_000,
    fromUs: window.fromUs,
    toUs: window.toUs,
    buckets: series,
  };
}
