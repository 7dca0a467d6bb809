/**
 * The measure of the Numenta Anomaly Benchmark (Lavin and Ahmad, ICMLA 2015; `nab/sweeper.py` of numenta/NAB, MIT),
 * step by step: a detection counts once a window, more the earlier it is; what lies outside costs by its distance
 * behind the last window; the first 15 % of a file, at most 750 rows, are not judged.
 */
export interface NabProfile {
  readonly name: string;
  readonly tpWeight: number;
  readonly fnWeight: number;
  readonly fpWeight: number;
}

/** One file with a detector's scores. Times and windows in epoch seconds; windows in order of time. */
export interface NabRun {
  readonly name: string;
  readonly times: ArrayLike<number>;
  readonly windows: readonly (readonly [number, number])[];
  readonly scores: ArrayLike<number>;
}

export interface NabResult {
  /** 100 is perfect, 0 a detector that says nothing. */
  readonly score: number;
  /** The one threshold for all files that gives this score; a row counts from it upwards. */
  readonly threshold: number;
  readonly windowsFound: number;
  readonly windows: number;
  readonly falseRows: number;
}

/** NAB's Profile file names its weights in a cost matrix. */
export function profilesOf(
  json: Readonly<Record<string, { readonly CostMatrix: Readonly<Record<string, number>> }>>,
): NabProfile[] {
  return Object.entries(json).map(([name, { CostMatrix: cost }]) => ({
    name,
    tpWeight: cost.tpWeight!,
    fnWeight: cost.fnWeight!,
    fpWeight: cost.fpWeight!,
  }));
}

/** 1 well before the right edge of a window, 0 at it, -1 from three widths behind it. */
export function scaledSigmoid(position: number): number {
  return position >= 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/** Rows that are not judged. */
export function probationRows(rows: number): number {
  return Math.min(Math.floor(0.15 * rows), 750);
}

/** Weight of each row if it is reported, and which window it is in: -1 for none, -2 for the probation. */
interface Judged {
  readonly weight: Float64Array;
  readonly window: Int32Array;
}

/** Where each row stands, for weights of 1; windows are numbered from `firstWindow`. */
export function judgeRows(run: NabRun, firstWindow = 0): Judged {
  const rows = run.times.length;
  const weight = new Float64Array(rows);
  const window = new Int32Array(rows).fill(-1);
  const probation = probationRows(rows);
  const best = scaledSigmoid(-1);
  let next = 0;
  let inside: { right: number; width: number; until: number; id: number } | null = null;
  let last: { right: number; width: number } | null = null;
  for (let i = 0; i < rows; i++) {
    const time = run.times[i]!;
    if (next < run.windows.length && time === run.windows[next]![0]) {
      const [from, until] = run.windows[next]!;
      const right = firstIndex(run.times, until);
      inside = { right, width: right - firstIndex(run.times, from) + 1, until, id: firstWindow + next };
      next++;
    }
    if (inside) weight[i] = scaledSigmoid(-(inside.right - i + 1) / inside.width) / best;
    else if (last) weight[i] = scaledSigmoid((i - last.right) / (last.width - 1));
    else weight[i] = -1;
    window[i] = i < probation ? -2 : (inside?.id ?? -1);
    if (inside && time === inside.until) {
      last = { right: i, width: inside.width };
      inside = null;
    }
  }
  return { weight, window };
}

function firstIndex(times: ArrayLike<number>, time: number): number {
  for (let i = 0; i < times.length; i++) if (times[i] === time) return i;
  throw new Error(`no row has the time ${time} that a window names`);
}

/** The best that one threshold over all files can reach: NAB's optimiser and scorer in one. */
export function scoreCorpus(runs: readonly NabRun[], profile: NabProfile): NabResult {
  const { rows, judgedWindows, windows } = judgeCorpus(runs);
  rows.sort((a, b) => b.score - a.score);
  const tally = new Tally(profile, judgedWindows);
  let best = { ...tally.now(), threshold: 1.1 };
  for (let i = 0; i < rows.length; i++) {
    tally.add(rows[i]!);
    const now = tally.now();
    if (rows[i + 1]?.score !== rows[i]!.score && now.raw > best.raw)
      best = { ...now, threshold: rows[i]!.score };
  }
  return resultOf(best, windows, profile);
}

/** What a threshold gives that was found elsewhere. */
export function scoreAt(runs: readonly NabRun[], profile: NabProfile, threshold: number): NabResult {
  const { rows, judgedWindows, windows } = judgeCorpus(runs);
  const tally = new Tally(profile, judgedWindows);
  for (const row of rows) if (row.score >= threshold) tally.add(row);
  return resultOf({ ...tally.now(), threshold }, windows, profile);
}

interface JudgedRow {
  readonly score: number;
  readonly weight: number;
  readonly window: number;
}

function judgeCorpus(runs: readonly NabRun[]): { rows: JudgedRow[]; judgedWindows: number; windows: number } {
  const rows: JudgedRow[] = [];
  let windows = 0;
  const judgedWindows = new Set<number>();
  for (const run of runs) {
    const judged = judgeRows(run, windows);
    windows += run.windows.length;
    for (let i = 0; i < run.scores.length; i++) {
      const window = judged.window[i]!;
      if (window === -2) continue;
      if (window >= 0) judgedWindows.add(window);
      rows.push({ score: run.scores[i]!, weight: judged.weight[i]!, window });
    }
  }
  return { rows, judgedWindows: judgedWindows.size, windows };
}

/** Adds up reported rows: the best row of each window, the cost of the others. */
class Tally {
  readonly #profile: NabProfile;
  readonly #found = new Map<number, number>();
  #raw: number;
  #falseRows = 0;

  constructor(profile: NabProfile, judgedWindows: number) {
    this.#profile = profile;
    this.#raw = -profile.fnWeight * judgedWindows;
  }

  add({ weight, window }: JudgedRow): void {
    if (window < 0) {
      this.#raw += weight * this.#profile.fpWeight;
      this.#falseRows += 1;
      return;
    }
    const before = this.#found.get(window) ?? -this.#profile.fnWeight;
    const now = Math.max(before, weight * this.#profile.tpWeight);
    this.#raw += now - before;
    this.#found.set(window, now);
  }

  now(): { raw: number; windowsFound: number; falseRows: number } {
    return { raw: this.#raw, windowsFound: this.#found.size, falseRows: this.#falseRows };
  }
}

function resultOf(
  best: { raw: number; windowsFound: number; falseRows: number; threshold: number },
  windows: number,
  profile: NabProfile,
): NabResult {
  const silent = -profile.fnWeight * windows;
  const perfect = profile.tpWeight * windows;
  return {
    score: windows === 0 ? 0 : (100 * (best.raw - silent)) / (perfect - silent),
    threshold: best.threshold,
    windowsFound: best.windowsFound,
    windows,
    falseRows: best.falseRows,
  };
}
