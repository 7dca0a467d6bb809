import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSeriesScorer } from '@suite/anomaly';
import type { Reporter } from './figure.ts';
import { round } from './figure.ts';
import { type NabFile, readCorpus } from './nab/corpus.ts';
import { heapPerSeries } from './nab/heap.ts';
import { PERTURBATIONS } from './nab/perturbed.ts';
import { type NabProfile, type NabRun, profilesOf, scoreAt, scoreCorpus } from './nab/scoring.ts';
import { windowedGaussian } from './nab/windowed-gaussian.ts';

const DATA = join(import.meta.dirname, '../../../shared/data/nab');

/** To reach on the groups at hand, and what the best published detectors reach there, with the whole file's range given. */
const BARS: Readonly<Record<string, { bar: number; published: string }>> = {
  standard: { bar: 55, published: 'ARTime 67.9, CAD OSE 62.2' },
  reward_low_FP_rate: { bar: 48, published: 'ARTime 57.8, CAD OSE 57.1' },
  reward_low_FN_rate: { bar: 60, published: 'ARTime 73.7, CAD OSE 66.3' },
};

/** Series of numbers, judged as the Numenta Anomaly Benchmark does, beside its reference detector in the same run. */
export async function nab(report: Reporter): Promise<void> {
  if (!existsSync(DATA)) {
    report.note(`nab: skipped, there is no ${DATA}`);
    return;
  }
  const files = readCorpus(DATA);
  const profiles = profilesOf(JSON.parse(readFileSync(join(DATA, 'profiles.json'), 'utf8')));
  const began = performance.now();
  const { runs: ours, stateBytes } = scoreFiles(files);
  const seconds = (performance.now() - began) / 1000;
  const theirs = files.map((file) => {
    const detector = windowedGaussian();
    return { ...file, scores: Float64Array.from(file.values, (value) => detector(value)) };
  });
  for (const profile of profiles) figureOf(report, profile, ours, theirs);
  const points = files.reduce((sum, file) => sum + file.values.length, 0);
  report.figure({ figure: 'speed', value: points / seconds, unit: 'points/s' });
  report.figure({
    figure: 'largest state, as JSON',
    value: stateBytes,
    unit: 'bytes',
    bar: 'under 65536',
    ok: stateBytes < 65_536,
  });
  const heap = heapPerSeries();
  report.figure({
    figure: 'state in memory',
    value: heap,
    unit: 'bytes',
    bar: 'under 65536',
    ok: heap < 65_536,
  });
  leaveOneGroupOut(report, profiles, ours);
  for (const [name, change] of Object.entries(PERTURBATIONS)) {
    const { runs } = scoreFiles(files.map(change));
    const [standard, ...others] = profiles.map((profile) => scoreCorpus(runs, profile).score);
    report.figure({ figure: `perturbed: ${name}`, value: standard!, unit: unitOf(others) });
  }
}

/** Beside the standard profile, in the order of the file of profiles. */
function unitOf(others: readonly number[]): string {
  return `of 100, standard (low-FP ${round(others[0]!)}, low-FN ${round(others[1]!)})`;
}

function scoreFiles(files: readonly NabFile[]): { runs: NabRun[]; stateBytes: number } {
  let stateBytes = 0;
  const runs = files.map((file) => {
    const scorer = createSeriesScorer();
    const scores = file.values.map((value, row) => scorer.observe(file.times[row]!, value).score);
    stateBytes = Math.max(stateBytes, JSON.stringify(scorer.snapshot()).length);
    return { ...file, scores };
  });
  return { runs, stateBytes };
}

function figureOf(
  report: Reporter,
  profile: NabProfile,
  ours: readonly NabRun[],
  theirs: readonly NabRun[],
): void {
  const [own, other] = [scoreCorpus(ours, profile), scoreCorpus(theirs, profile)];
  const { bar, published } = BARS[profile.name] ?? { bar: 0, published: '' };
  report.figure({
    figure: `score ${profile.name}`,
    value: own.score,
    unit: `of 100 (${own.windowsFound} of ${own.windows} windows, ${own.falseRows} false)`,
    against: 'Windowed Gaussian',
    theirs: other.score,
    ratio: own.score / other.score,
    bar: `at least ${bar}; ${published}`,
    ok: own.score >= bar,
  });
}

/** For each group: its score with the threshold that is best for all the others. */
function leaveOneGroupOut(
  report: Reporter,
  profiles: readonly NabProfile[],
  ours: readonly (NabRun & { readonly group?: string })[],
): void {
  for (const group of new Set(ours.map((run) => run.group))) {
    const [inside, outside] = [
      ours.filter((run) => run.group === group),
      ours.filter((run) => run.group !== group),
    ];
    if (inside.every((run) => run.windows.length === 0)) continue;
    const [standard, ...others] = profiles.map((profile) => {
      const { threshold } = scoreCorpus(outside, profile);
      return scoreAt(inside, profile, threshold).score;
    });
    report.figure({ figure: `${group}, threshold of the others`, value: standard!, unit: unitOf(others) });
  }
}
