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
    tpWeight: cost['tpWeight']!,
    fnWeight: cost['fnWeight']!,
    fpWeight: cost['fpWeight']!,
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
  const rows: { score: number; weight: number; window: number }[] = [];
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
  return sweep(rows, judgedWindows.size, windows, profile);
}

function sweep(
  rows: { score: number; weight: number; window: number }[],
  judgedWindows: number,
  windows: number,
  profile: NabProfile,
): NabResult {
  rows.sort((a, b) => b.score - a.score);
  const found = new Map<number, number>();
  let falseCost = 0;
  let falseRows = 0;
  let gained = -profile.fnWeight * judgedWindows;
  let best = { raw: gained, threshold: 1.1, windowsFound: 0, falseRows: 0 };
  for (let i = 0; i < rows.length; i++) {
    const { score, weight, window } = rows[i]!;
    if (window < 0) {
      falseCost += weight * profile.fpWeight;
      falseRows++;
    } else {
      const before = found.get(window) ?? -profile.fnWeight;
      const now = Math.max(before, weight * profile.tpWeight);
      gained += now - before;
      found.set(window, now);
    }
    const raw = gained + falseCost;
    if (rows[i + 1]?.score !== score && raw > best.raw)
      best = { raw, threshold: score, windowsFound: found.size, falseRows };
  }
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
