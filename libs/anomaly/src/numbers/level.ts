import type { Channel } from './port.ts';

const SHORT = 15;
const LONG = 8000;

/**
 * Level: how far the mean of the last fifteen readings or so is from the mean of the last eight thousand, in standard
 * deviations (two exponentially weighted means, as a chart for the mean has them). Sees shifts and lasting drifts that
 * no single reading shows.
 */
export function levelChannel(): Channel {
  let state = { seen: 0, short: 0, long: 0, variance: 0 };
  return {
    name: 'level',
    observe(_time, value) {
      if (state.seen === 0) {
        state.short = value;
        state.long = value;
      }
      state.seen += 1;
      state.short += Math.max(1 / SHORT, 1 / state.seen) * (value - state.short);
      const scale = Math.sqrt(state.variance) + 1e-9 * Math.abs(state.long) + 1e-150;
      const odd = Math.abs(state.short - state.long) / scale;
      const weight = Math.max(1 / LONG, 1 / state.seen);
      const difference = value - state.long;
      state.long += weight * difference;
      state.variance = (1 - weight) * (state.variance + weight * difference * difference);
      return odd;
    },
    snapshot: () => ({ ...state }),
    restore(from) {
      state = { ...(from as typeof state) };
    },
  };
}
