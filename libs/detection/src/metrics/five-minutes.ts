const STEP_US = 5 * 60e6;
/** A sample that is older than this is no straggler: the clock was set back. */
const STRAGGLER_US = 60 * 60e6;
/** Between two readings of a counter; longer is a gap. */
const COUNTER_GAP_US = 15 * 60e6;

/** The mean of five minutes. */
export interface Mean {
  /** Begin of the five minutes. */
  readonly fromUs: number;
  readonly value: number;
}

/** Plain data, to be snapshotted. */
export interface FiveMinutes {
  fromUs: number | null;
  sum: number;
  weight: number;
  /** The counter's reading before. */
  lastUs: number;
  last: number | null;
}

export function freshFiveMinutes(): FiveMinutes {
  return { fromUs: null, sum: 0, weight: 0, lastUs: 0, last: null };
}

/**
 * Adds a reading. Counters become rates a second; one that went down began anew. Stragglers are left out; after a clock
 * that was set back by more than an hour it goes on from there.
 *
 * @returns the five minutes before, when this reading is the first of the next.
 */
export function addReading(
  state: FiveMinutes,
  timeUs: number,
  value: number,
  isCounter: boolean,
): Mean | null {
  const fromUs = Math.floor(timeUs / STEP_US) * STEP_US;
  if (state.fromUs !== null && fromUs < state.fromUs) {
    if (state.fromUs - fromUs <= STRAGGLER_US) return null;
    Object.assign(state, freshFiveMinutes());
  }
  const done = state.fromUs !== null && fromUs > state.fromUs ? meanOf(state) : null;
  if (state.fromUs !== fromUs) Object.assign(state, { fromUs, sum: 0, weight: 0 });
  if (!isCounter) {
    state.sum += value;
    state.weight += 1;
    return done;
  }
  const spentUs = timeUs - state.lastUs;
  if (state.last !== null && spentUs > 0 && spentUs <= COUNTER_GAP_US && value >= state.last) {
    state.sum += value - state.last;
    state.weight += spentUs / 1e6;
  }
  state.last = value;
  state.lastUs = timeUs;
  return done;
}

function meanOf({ fromUs, sum, weight }: FiveMinutes): Mean | null {
  return weight > 0 ? { fromUs: fromUs!, value: sum / weight } : null;
}
