import type { Channel } from './port.ts';

const SHORT = 10;
const LONG = 1000;

/**
 * Unrest: how much more, or less, the series moves from reading to reading than it does usually, as a ratio. Sees a
 * sensor that is stuck, the odder the longer, and a load that begins to flap, though every value by itself is usual.
 */
export function unrestChannel(): Channel {
  let state = { seen: 0, before: 0, short: 0, long: 0 };
  return {
    name: 'unrest',
    observe(_time, value) {
      const step = state.seen === 0 ? 0 : Math.abs(value - state.before);
      state.before = value;
      state.seen += 1;
      if (state.seen === 1) return 0;
      const steps = state.seen - 1;
      state.short += Math.max(1 / SHORT, 1 / steps) * (step - state.short);
      const nothing = 1e-15 * state.long + 1e-150;
      const odd = Math.abs(Math.log((state.short + nothing) / (state.long + nothing)));
      state.long += Math.max(1 / LONG, 1 / steps) * (step - state.long);
      return odd;
    },
    snapshot: () => ({ ...state }),
    restore(from) {
      state = { ...(from as typeof state) };
    },
  };
}
