/** Where a year solver stands; JSON-serialisable. */
export interface YearState {
  year: number;
  /** The latest time seen, microseconds of the log's own local clock. */
  lastUs: number;
}

const DAY_US = 86_400_000_000;
/** A time stamp that falls back further than this began a new year rather than ran out of order. */
const ROLL_BACK_US = 60 * DAY_US;
/** A time stamp that jumps ahead to less than this before the previous line belongs to the year before. */
const LATE_LINE_US = 2 * DAY_US;
/** How far ahead of the hint a first line may stand (zones, clocks that disagree). */
const AHEAD_US = DAY_US;

/**
 * Finds the year of time stamps that have none (RFC 3164), line by line: time grows, so December to January
 * rolls the year up, while lines slightly out of order do not; 29 February picks a leap year.
 *
 * Months are 0 to 11; results are microseconds as if the stamp were UTC.
 */
export class YearSolver {
  #state: YearState | null;
  readonly #year: number | undefined;
  readonly #nearUs: number | undefined;
  #cachedKey = -1;
  #cachedDayUs = 0;

  constructor(hints: { year?: number; nearUs?: number }, state: YearState | null = null) {
    this.#year = hints.year;
    this.#nearUs = hints.nearUs;
    this.#state = state;
  }

  get state(): YearState | null {
    return this.#state;
  }

  /** @returns undefined where nothing tells the year: no hint was given. */
  solve(month: number, day: number, timeOfDayUs: number): number | undefined {
    const state = this.#state;
    if (state === null) return this.#first(month, day, timeOfDayUs);
    const key = month * 32 + day;
    if (key === this.#cachedKey) {
      const timeUs = this.#cachedDayUs + timeOfDayUs;
      if (timeUs > state.lastUs) state.lastUs = timeUs;
      return timeUs;
    }
    const timeUs = this.#next(state, month, day, timeOfDayUs);
    if (timeUs === undefined) return undefined;
    this.#cachedKey = key;
    this.#cachedDayUs = timeUs - timeOfDayUs;
    return timeUs;
  }

  #next(state: YearState, month: number, day: number, timeOfDayUs: number): number | undefined {
    let year = state.year;
    let timeUs = at(year, month, day, timeOfDayUs);
    if (timeUs === undefined) {
      // 29 February in a year that has none: the next leap year, or the year was wrong so far.
      year = this.#leapYear(year);
      timeUs = at(year, month, day, timeOfDayUs);
      if (timeUs === undefined) return undefined;
      this.#state = { year, lastUs: timeUs };
      return timeUs;
    }
    if (timeUs < state.lastUs - ROLL_BACK_US) {
      const rolled = at(year + 1, month, day, timeOfDayUs);
      if (rolled !== undefined) {
        year++;
        timeUs = rolled;
      }
    } else if (timeUs > state.lastUs + 300 * DAY_US) {
      const late = at(year - 1, month, day, timeOfDayUs);
      // A straggler of last year: it does not turn the year back.
      if (late !== undefined && late >= state.lastUs - LATE_LINE_US) return late;
    }
    if (timeUs > state.lastUs) {
      state.lastUs = timeUs;
      state.year = year;
    }
    return timeUs;
  }

  #first(month: number, day: number, timeOfDayUs: number): number | undefined {
    const year = this.#firstYear(month, day, timeOfDayUs);
    const timeUs = year === undefined ? undefined : at(year, month, day, timeOfDayUs);
    if (year === undefined || timeUs === undefined) return undefined;
    this.#state = { year, lastUs: timeUs };
    return timeUs;
  }

  #firstYear(month: number, day: number, timeOfDayUs: number): number | undefined {
    if (this.#year !== undefined) return month === 1 && day === 29 ? nearestLeap(this.#year) : this.#year;
    if (this.#nearUs === undefined) return undefined;
    const hint = new Date(this.#nearUs / 1000).getUTCFullYear();
    for (let year = hint + 1; year > hint - 10; year--) {
      const timeUs = at(year, month, day, timeOfDayUs);
      if (timeUs !== undefined && timeUs <= this.#nearUs + AHEAD_US) return year;
    }
    return undefined;
  }

  /** The leap year after `year`, unless that lies ahead of the hinted time by more than a log can grow. */
  #leapYear(year: number): number {
    let next = year + 1;
    while (at(next, 1, 29, 0) === undefined) next++;
    const timeUs = at(next, 1, 29, 0) ?? 0;
    const tooFar = this.#nearUs !== undefined && timeUs > this.#nearUs + 366 * DAY_US;
    return tooFar || next > year + 1 ? nearestLeap(year) : next;
  }
}

/** Undefined where that year has no such day. */
function at(year: number, month: number, day: number, timeOfDayUs: number): number | undefined {
  const dayMs = Date.UTC(year, month, day);
  if (month === 1 && day === 29 && new Date(dayMs).getUTCMonth() !== 1) return undefined;
  return dayMs * 1000 + timeOfDayUs;
}

/** The leap year closest to `year`; the earlier of two. */
function nearestLeap(year: number): number {
  for (let distance = 0; distance < 9; distance++) {
    if (at(year - distance, 1, 29, 0) !== undefined) return year - distance;
    if (at(year + distance, 1, 29, 0) !== undefined) return year + distance;
  }
  return year;
}
