import type { Channel } from './port.ts';

const DAY_SECONDS = 86_400;
const SLOTS = 48;
/** Weight of a new reading in its slot's mean: about the last twenty count, three days of five-minute readings. */
const LEARN = 0.05;
/** So many differences are averaged: one alone is the business of the value's channel. */
const SMOOTH = 3;

/**
 * Time of day: how far the last readings are from what is usual at this half hour (exponentially weighted mean of a
 * slot). Sees what would be usual at another hour.
 */
export class TimeOfDay implements Channel {
  readonly name = 'time-of-day';
  #means = new Array<number>(SLOTS).fill(0);
  #counts = new Array<number>(SLOTS).fill(0);
  #seen = 0;
  #overall = 0;
  #smoothed = 0;

  /** What is usual at this time; null before the first reading. */
  usual(timeSeconds: number): number | null {
    if (this.#seen === 0) return null;
    const slot = slotOf(timeSeconds);
    return this.#counts[slot]! > 0 ? this.#means[slot]! : this.#overall;
  }

  observe(timeSeconds: number, value: number): number {
    const slot = slotOf(timeSeconds);
    const difference = value - (this.usual(timeSeconds) ?? value);
    if (this.#seen === 0) this.#overall = value;
    this.#seen += 1;
    this.#smoothed += Math.max(1 / SMOOTH, 1 / this.#seen) * (difference - this.#smoothed);
    this.#counts[slot] = Math.min(this.#counts[slot]! + 1, 1000);
    this.#means[slot]! += Math.max(LEARN, 1 / this.#counts[slot]!) * (value - this.#means[slot]!);
    this.#overall += Math.max(0.002, 1 / this.#seen) * (value - this.#overall);
    return Math.abs(this.#smoothed);
  }

  snapshot(): unknown {
    return {
      means: [...this.#means],
      counts: [...this.#counts],
      seen: this.#seen,
      overall: this.#overall,
      smoothed: this.#smoothed,
    };
  }

  restore(state: unknown): void {
    const from = state as {
      means: number[];
      counts: number[];
      seen: number;
      overall: number;
      smoothed: number;
    };
    this.#means = [...from.means];
    this.#counts = [...from.counts];
    this.#seen = from.seen;
    this.#overall = from.overall;
    this.#smoothed = from.smoothed;
  }
}

function slotOf(timeSeconds: number): number {
  const inDay = ((timeSeconds % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  return Math.min(SLOTS - 1, Math.floor((inDay / DAY_SECONDS) * SLOTS));
}
