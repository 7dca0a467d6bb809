import { CountModel, type CountModelOptions, type CountState, type CountVerdict } from './count-model.ts';

export interface CountWatchOptions extends CountModelOptions {
  /** Length of a bucket: integer microseconds. Default ten minutes. */
  readonly bucketUs?: number;
  /** Series kept at most. Default 1,024. */
  readonly series?: number;
}

export interface CountFinding extends CountVerdict {
  readonly key: string;
  /** Beginning of the bucket. */
  readonly timeUs: number;
}

/** Counts of many series over the log's own time. */
export interface CountWatch {
  readonly size: number;
  /** Something of the series happened. Times before the open bucket count for the open bucket. */
  add(key: string, timeUs: number, report: (finding: CountFinding) => void, count?: number): void;
  /** Time passed: closes what is over. Empty buckets count as such, a day of them at most. */
  advance(timeUs: number, report: (finding: CountFinding) => void): void;
  snapshot(): unknown;
  restore(state: unknown): void;
}

interface Series {
  model: CountModel;
  count: number;
  lastBucket: number;
}

const TEN_MINUTES_US = 600e6;
const DAY_US = 86_400e6;

/**
 * Watches how often things happen, each series against its own past. Keeps 1,024 series of about 600 bytes; the one
 * that was quiet longest is forgotten first. Deterministic; time is the caller's.
 */
export function createCountWatch(options: CountWatchOptions = {}): CountWatch {
  const bucketUs = options.bucketUs ?? TEN_MINUTES_US;
  const limit = options.series ?? 1_024;
  const mostEmpty = Math.max(1, Math.floor(DAY_US / bucketUs));
  const all = new Map<string, Series>();
  let open = Number.NaN;

  const closeAll = (bucket: number, report: (finding: CountFinding) => void) => {
    const timeUs = bucket * bucketUs;
    const hour = Math.floor(timeUs / 3_600e6) % 24;
    for (const [key, series] of all) {
      const verdict = series.model.close(series.count, hour);
      series.count = 0;
      if (verdict !== null) report({ key, timeUs, ...verdict });
    }
  };
  const advance: CountWatch['advance'] = (timeUs, report) => {
    const bucket = Math.floor(timeUs / bucketUs);
    if (Number.isNaN(open)) open = bucket;
    if (bucket <= open) return;
    const last = Math.min(bucket, open + mostEmpty);
    for (let b = open; b < last; b++) closeAll(b, report);
    open = bucket;
  };

  return {
    get size() {
      return all.size;
    },
    add(key, timeUs, report, count = 1) {
      advance(timeUs, report);
      let series = all.get(key);
      if (series !== undefined && series.lastBucket !== open) all.delete(key);
      series ??= { model: new CountModel(options), count: 0, lastBucket: Number.NaN };
      if (series.lastBucket !== open) {
        series.lastBucket = open;
        all.set(key, series);
        if (all.size > limit) all.delete(all.keys().next().value!);
      }
      series.count += count;
    },
    advance,
    snapshot: () => ({
      open: Number.isNaN(open) ? null : open,
      series: [...all].map(([key, { model, count, lastBucket }]) => [key, model.state, count, lastBucket]),
    }),
    restore(state) {
      const { open: at, series } = state as {
        open: number | null;
        series: [string, CountState, number, number][];
      };
      open = at ?? Number.NaN;
      all.clear();
      for (const [key, model, count, lastBucket] of structuredClone(series))
        all.set(key, { model: new CountModel(options, model), count, lastBucket });
    },
  };
}
