import type { Channel } from './port.ts';

const DAY_SECONDS = 86_400;
const SLOTS = 48;
const WARM_UP = 50;

/**
 * Time of day: how far the reading is from what is usual at this half hour (exponentially weighted mean of a slot,
 * about the last ten readings in it). Sees what would be usual at another hour.
 */
export function timeOfDayChannel(): Channel {
  let means = new Array<number>(SLOTS).fill(0);
  let counts = new Array<number>(SLOTS).fill(0);
  let seen = 0;
  let overall = 0;
  return {
    name: 'time-of-day',
    observe(timeSeconds, value) {
      const slot = slotOf(timeSeconds);
      if (seen === 0) overall = value;
      seen += 1;
      const usual = counts[slot]! > 0 ? means[slot]! : overall;
      const odd = seen > WARM_UP ? Math.abs(value - usual) : 0;
      counts[slot]! = Math.min(counts[slot]! + 1, 1000);
      means[slot]! += Math.max(0.1, 1 / counts[slot]!) * (value - means[slot]!);
      overall += Math.max(0.002, 1 / seen) * (value - overall);
      return odd;
    },
    snapshot: () => ({ means: [...means], counts: [...counts], seen, overall }),
    restore(state) {
      const from = state as { means: number[]; counts: number[]; seen: number; overall: number };
      means = [...from.means];
      counts = [...from.counts];
      seen = from.seen;
      overall = from.overall;
    },
  };
}

function slotOf(timeSeconds: number): number {
  const inDay = ((timeSeconds % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  return Math.min(SLOTS - 1, Math.floor((inDay / DAY_SECONDS) * SLOTS));
}
