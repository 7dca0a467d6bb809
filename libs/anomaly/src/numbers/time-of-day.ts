import type { Channel } from './port.ts';

const DAY_SECONDS = 86_400;
const SLOTS = 48;
/** Weight of a new reading in its slot's mean: about the last ten count. */
const LEARN = 0.1;
/** Difference of how many readings is averaged in the second look. */
const SMOOTH = 3;

/**
 * Time of day: how far readings are from what is usual at this half hour (exponentially weighted mean of a slot). Sees
 * what would be usual at another hour. Two looks at it: this reading alone, and the last three together.
 */
export class TimeOfDay {
  #means = new Array<number>(SLOTS).fill(0);
  #counts = new Array<number>(SLOTS).fill(0);
  #seen = 0;
  #overall = 0;
  #smoothed = 0;

  /** The two looks; the first learns, the second tells what the first has seen. */
  readonly channels: readonly Channel[] = [
    {
      name: 'time-of-day',
      observe: (timeSeconds, value) => this.#observe(timeSeconds, value),
      snapshot: () => this.#snapshot(),
      restore: (state) => this.#restore(state),
    },
    {
      name: 'time-of-day-lasting',
      observe: () => Math.abs(this.#smoothed),
      snapshot: () => null,
      restore: () => {},
    },
  ];

  /** What is usual at this time; null before the first reading. */
  usual(timeSeconds: number): number | null {
    if (this.#seen === 0) return null;
    const slot = slotOf(timeSeconds);
    return this.#counts[slot]! > 0 ? this.#means[slot]! : this.#overall;
  }

  #observe(timeSeconds: number, value: number): number {
    const slot = slotOf(timeSeconds);
    const difference = value - (this.usual(timeSeconds) ?? value);
    if (this.#seen === 0) this.#overall = value;
    this.#seen += 1;
    this.#smoothed += Math.max(1 / SMOOTH, 1 / this.#seen) * (difference - this.#smoothed);
    this.#counts[slot] = Math.min(this.#counts[slot]! + 1, 1000);
    this.#means[slot]! += Math.max(LEARN, 1 / this.#counts[slot]!) * (value - this.#means[slot]!);
    this.#overall += Math.max(0.002, 1 / this.#seen) * (value - this.#overall);
    return Math.abs(difference);
  }

  #snapshot(): unknown {
    return {
      means: [...this.#means],
      counts: [...this.#counts],
      seen: this.#seen,
      overall: this.#overall,
      smoothed: this.#smoothed,
    };
  }

  #restore(state: unknown): void {
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
