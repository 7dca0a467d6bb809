import { logLowerTail, logUpperTail } from './tail.ts';

const HOURS = 24;
/** Weight of a new bucket in the level: about two days of ten-minute buckets. */
const LEVEL_WEIGHT = 1 / 288;
/** Weight of a new bucket in its hour of the day: about a week. */
const HOUR_WEIGHT = 1 / 42;
/** Buckets of an hour of the day before the hour counts by itself. */
const HOUR_BUCKETS = 12;
/** Decay of the highest and lowest count per bucket: half after a week of ten-minute buckets. */
const EXTREME_DECAY = 0.5 ** (1 / 1008);
/** A bucket teaches at most so many standard deviations. */
const LESSON_DEVIATIONS = 4;
/** A level that was out of range for so many buckets in a row is the new level. */
const NEW_LEVEL_BUCKETS = 72;

export interface CountModelOptions {
  /** Buckets before it says anything. Default 144: a day of ten minutes each. */
  readonly learnBuckets?: number;
  /** Natural logarithm of the probability below which a count is out of range. Default ln 1e-9. */
  readonly logAlarm?: number;
}

export interface CountVerdict {
  readonly direction: 'high' | 'low';
  readonly count: number;
  /** Counts per bucket that were usual at this hour. */
  readonly expected: number;
  /** Natural logarithm of the probability. */
  readonly logProbability: number;
}

/** JSON-serialisable. */
export interface CountState {
  level: number;
  dispersion: number;
  highest: number;
  lowest: number;
  buckets: number;
  /** 1 too many, -1 too few, 0 usual; since how many buckets. */
  out: number;
  outBuckets: number;
  hours: number[];
  hourBuckets: number[];
}

/**
 * What counts per bucket of time are usual for one series: an expected rate by hour of the day, its dispersion, its
 * extremes. No look-ahead; 24 hours and 7 numbers of memory. A count is out of range when it is improbable (Poisson or
 * negative binomial tail), far from what is expected, and outside of what the past week has seen. It is said once,
 * and again only after the count was usual in between; the way back is half as far as the way out.
 */
export class CountModel {
  readonly state: CountState;
  readonly #learnBuckets: number;
  readonly #logAlarm: number;

  constructor(options: CountModelOptions = {}, state?: CountState) {
    this.#learnBuckets = options.learnBuckets ?? 144;
    this.#logAlarm = options.logAlarm ?? Math.log(1e-9);
    this.state = state ?? {
      level: 0,
      dispersion: 1,
      highest: 0,
      lowest: 0,
      buckets: 0,
      out: 0,
      outBuckets: 0,
      hours: new Array(HOURS).fill(0),
      hourBuckets: new Array(HOURS).fill(0),
    };
  }

  /** A bucket is over. @param hour of the day, 0 to 23, of its beginning. */
  close(count: number, hour: number): CountVerdict | null {
    const verdict = this.state.buckets >= this.#learnBuckets ? this.#judge(count, hour) : null;
    this.#learn(count, hour);
    return verdict;
  }

  /** The expected count of a bucket at that hour. */
  expected(hour: number): number {
    const { state } = this;
    return state.hourBuckets[hour]! >= HOUR_BUCKETS ? state.hours[hour]! : state.level;
  }

  #judge(count: number, hour: number): CountVerdict | null {
    const { state } = this;
    // The hours beside it too: a job that moves by an hour, a clock that is set forward.
    const near = [this.expected(hour), this.expected((hour + 23) % HOURS), this.expected((hour + 1) % HOURS)];
    const most = Math.max(...near);
    const least = Math.min(...near);
    if (state.out !== 0) {
      this.#judgeReturn(count, most, least);
      return null;
    }
    // The cheap conditions first: nearly every bucket ends here.
    if (count > 3 * most + 10 && count > 1.5 * state.highest) {
      const high = this.#logHigh(count, most);
      if (high >= this.#logAlarm) return null;
      state.out = 1;
      return { direction: 'high', count, expected: most, logProbability: high };
    }
    if (count < least / 3 && count < state.lowest / 2) {
      const low = logLowerTail(count, least, state.dispersion);
      if (low >= this.#logAlarm) return null;
      state.out = -1;
      return { direction: 'low', count, expected: least, logProbability: low };
    }
    return null;
  }

  /** Out of range until it is half as improbable, or until it has been so for so long that it is usual. */
  #judgeReturn(count: number, most: number, least: number): void {
    const { state } = this;
    const back = this.#logAlarm / 2;
    const improbable =
      state.out > 0 ? this.#logHigh(count, most) : logLowerTail(count, least, state.dispersion);
    state.outBuckets += 1;
    const stays = improbable < back;
    if (stays && state.outBuckets < NEW_LEVEL_BUCKETS) return;
    if (stays) this.#relearn(count);
    state.out = 0;
    state.outBuckets = 0;
  }

  #logHigh(count: number, most: number): number {
    return logUpperTail(count, Math.max(most, 0.05), this.state.dispersion);
  }

  #learn(count: number, hour: number): void {
    const { state } = this;
    const expected = this.expected(hour);
    const deviation = Math.sqrt(Math.max(expected, 1) * state.dispersion);
    const lesson = state.buckets < 12 ? count : Math.min(count, expected + LESSON_DEVIATIONS * deviation);
    if (state.buckets > 0) {
      const spread = (lesson - expected) ** 2 / Math.max(expected, 0.5);
      const weight = Math.max(LEVEL_WEIGHT, 1 / (state.buckets + 1));
      state.dispersion = Math.max(1, state.dispersion + weight * (spread - state.dispersion));
    }
    state.level += Math.max(LEVEL_WEIGHT, 1 / (state.buckets + 1)) * (lesson - state.level);
    const seen = ++state.hourBuckets[hour]!;
    state.hours[hour]! += Math.max(HOUR_WEIGHT, 1 / seen) * (lesson - state.hours[hour]!);
    if (state.out === 0 || state.buckets === 0) {
      state.highest = Math.max(count, state.highest * EXTREME_DECAY);
      state.lowest = state.buckets === 0 ? count : Math.min(count, state.lowest / EXTREME_DECAY + 1e-3);
    }
    state.buckets += 1;
  }

  /** What was out of range for half a day is what is usual now. */
  #relearn(count: number): void {
    const { state } = this;
    state.level = count;
    state.highest = count;
    state.lowest = count;
    state.buckets = Math.min(state.buckets, 12);
    state.hours.fill(0);
    state.hourBuckets.fill(0);
  }
}
