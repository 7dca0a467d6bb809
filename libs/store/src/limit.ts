/** The page size that is asked for, forced into 1 to `max`. */
export function clampLimit(limit: number, max: number): number {
  return Number.isFinite(limit) ? Math.min(max, Math.max(1, Math.trunc(limit))) : max;
}

export const MAX_PAGE = 1_000;
export const MAX_SAMPLES = 20_000;
export const MAX_SERIES = 5_000;
export const MAX_NODES = 1_000;
/** Buckets of one rate query; a week by the minute. */
export const MAX_BUCKETS = 10_080;
