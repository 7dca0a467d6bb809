const HOUR_US = 3_600e6;
/** A stamp so far from the clock is not believed at once. */
const ODD_US = 6 * HOUR_US;
/** So many odd stamps in a row are. */
const BELIEVED = 20;

/** The shortest silence that may be an outage, and how often the usual one. */
const AWAY_US = 4 * 60e6;
const AWAY_GAPS = 4;
/** Shorter steps are no silence. */
const GAP_US = 60e6;

export interface ClockState {
  nowUs: number;
  odd: number;
  /** How long the host is silent between lines where it is silent at all. */
  gapUs: number;
  /** When it spoke again after it had been away. */
  backUs: number;
}

/**
 * What time it is on a host by its own lines. A forged or broken stamp moves nothing: a jump of more than six hours, in
 * either direction, is believed once 20 lines in a row agree.
 *
 * @returns how far a believed jump went (0 for the usual step), or null where the stamp is not believed yet.
 */
export function advance(clock: ClockState, timeUs: number): number | null {
  if (clock.nowUs === 0) {
    clock.nowUs = timeUs;
    return 0;
  }
  const step = timeUs - clock.nowUs;
  if (Math.abs(step) <= ODD_US) {
    clock.odd = 0;
    if (step > 0) clock.nowUs = timeUs;
    return 0;
  }
  clock.odd += 1;
  if (clock.odd < BELIEVED) return null;
  clock.odd = 0;
  clock.nowUs = timeUs;
  return step;
}

/**
 * Whether the host was away (off, cut off, asleep) rather than just quiet, by its own habit of being quiet. What it did
 * not say meanwhile it did not leave out.
 */
export function wasAway(clock: ClockState, stepUs: number): boolean {
  if (stepUs < GAP_US) return false;
  const away = stepUs >= Math.max(AWAY_US, AWAY_GAPS * clock.gapUs);
  clock.gapUs = Math.round(clock.gapUs + (stepUs - clock.gapUs) / 16);
  if (away) clock.backUs = clock.nowUs;
  return away;
}
