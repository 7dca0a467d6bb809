import { describe, expect, it } from 'vitest';
import { judgeRows, type NabProfile, probationRows, scaledSigmoid, scoreAt, scoreCorpus } from './scoring.ts';

const STANDARD: NabProfile = { name: 'standard', tpWeight: 1, fnWeight: 1, fpWeight: 0.11 };
const LOW_FN: NabProfile = { name: 'reward_low_FN_rate', tpWeight: 1, fnWeight: 2, fpWeight: 0.11 };

/** A hundred rows, a window over rows 50 to 59, and scores of 0.9 where named. */
function file(reported: readonly number[]) {
  const scores = new Float64Array(100);
  for (const row of reported) scores[row] = 0.9;
  return {
    name: 'x',
    times: Float64Array.from({ length: 100 }, (_, row) => row * 60),
    windows: [[50 * 60, 59 * 60] as const],
    scores,
  };
}

describe("NAB's measure", () => {
  it('weighs by the position, as the paper has it', () => {
    expect(scaledSigmoid(-1)).toBeCloseTo(0.98661, 5);
    expect(scaledSigmoid(-0.5)).toBeCloseTo(0.84828, 5);
    expect(scaledSigmoid(0)).toBe(0);
    expect(scaledSigmoid(1)).toBeCloseTo(-0.98661, 5);
    expect(scaledSigmoid(3)).toBe(-1);
  });

  it('does not judge the first 15 %, at most 750 rows', () => {
    expect([probationRows(100), probationRows(4032), probationRows(22_695)]).toEqual([15, 604, 750]);
  });

  it('gives a full point at the left edge of a window, less later, and costs outside', () => {
    const { weight, window } = judgeRows(file([]));
    expect(weight[50]).toBeCloseTo(1, 9);
    expect(weight[55]).toBeCloseTo(scaledSigmoid(-0.5) / scaledSigmoid(-1), 9);
    expect(weight[59]).toBeCloseTo(scaledSigmoid(-0.1) / scaledSigmoid(-1), 9);
    expect(weight[60]).toBeCloseTo(scaledSigmoid(1 / 9), 9);
    expect([weight[20], weight[99]]).toEqual([-1, -1]);
    expect([window[14], window[15], window[50], window[60]]).toEqual([-2, -1, 0, -1]);
  });

  it('is 100 for the perfect detector and 0 for a silent one', () => {
    expect(scoreCorpus([file([50])], STANDARD).score).toBeCloseTo(100, 9);
    expect(scoreCorpus([file([])], STANDARD).score).toBe(0);
    expect(scoreCorpus([], STANDARD).score).toBe(0);
  });

  it('counts a window once, by its earliest row, and each false row', () => {
    const result = scoreCorpus([file([20, 21, 55, 58])], STANDARD);
    const gained = scaledSigmoid(-0.5) / scaledSigmoid(-1) - 2 * 0.11;
    expect(result.score).toBeCloseTo((100 * (gained + 1)) / 2, 9);
    expect(result).toMatchObject({ windowsFound: 1, windows: 1, falseRows: 2 });
    const costly = scoreCorpus([file([20, 21, 55, 58])], LOW_FN);
    expect(costly.score).toBeCloseTo((100 * (gained + 2)) / 3, 9);
  });

  it('ignores what is reported in the probation', () => {
    expect(scoreCorpus([file([0, 5, 14, 50])], STANDARD).score).toBeCloseTo(100, 9);
  });

  it('finds one threshold for all files', () => {
    const loud = file([50]);
    const quiet = file([50]);
    quiet.scores[50] = 0.5;
    const noisy = file([]);
    noisy.scores.fill(0.4, 15);
    expect(scoreCorpus([loud, quiet, noisy], STANDARD)).toMatchObject({ threshold: 0.5, windowsFound: 2 });
    expect(scoreAt([loud, quiet, noisy], STANDARD, 0.6)).toMatchObject({ windowsFound: 1, falseRows: 0 });
  });
});
