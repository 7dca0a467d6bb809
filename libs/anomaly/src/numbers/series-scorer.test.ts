import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeriesScorer, type SeriesScorer } from './series-scorer.ts';

const START = 1_700_000_000;

describe('the score of a series', () => {
  it('depends on the rows up to its own alone', () => {
    const values = daily(3000);
    const whole = scores(createSeriesScorer(), values);
    for (const rows of [1, 2, 30, 500, 1777, 2999])
      expect(scores(createSeriesScorer(), values.slice(0, rows))).toEqual(whole.slice(0, rows));
  });

  it('is the same after a snapshot and a restore in the middle', () => {
    const values = daily(4500);
    const whole = scores(createSeriesScorer(), values);
    for (const cut of [1, 13, 700, 2500, 4000]) {
      const first = createSeriesScorer();
      scores(first, values.slice(0, cut));
      const second = createSeriesScorer();
      expect(second.restore(JSON.parse(JSON.stringify(first.snapshot())))).toBe(true);
      expect(scores(second, values.slice(cut), cut)).toEqual(whole.slice(cut));
    }
  });

  it.each([
    ['in other units', (value: number) => value * 1000],
    ['around another zero', (value: number) => value - 5e9],
    ['upside down', (value: number) => -value],
  ])('is nearly the same %s', (_name, change) => {
    const values = daily(2500);
    values[2000] = 300;
    const loudest = (list: readonly number[]) => list.indexOf(Math.max(...list));
    expect(loudest(scores(createSeriesScorer(), values))).toBe(2000);
    const other = scores(createSeriesScorer(), values.map(change));
    expect(loudest(other)).toBe(2000);
    expect(other.filter((score) => score > 0.95)).toHaveLength(1);
  });

  it('speaks at a spike, once, and is quiet before', () => {
    const values = daily(3000);
    for (let row = 2000; row < 2012; row++) values[row] = 400;
    const given = scores(createSeriesScorer(), values);
    const loudest = Math.max(...given.slice(750, 2000));
    expect(given[2000]).toBeGreaterThan(loudest);
    expect(given.slice(2000, 2100).filter((score) => score > loudest).length).toBeLessThanOrEqual(2);
  });

  it('speaks when a level shifts for good', () => {
    const values = daily(3000).map((value, row) => (row >= 2000 ? value + 60 : value));
    const given = scores(createSeriesScorer(), values);
    expect(Math.max(...given.slice(2000, 2040))).toBeGreaterThan(Math.max(...given.slice(750, 2000)));
  });

  it('speaks when the daily peak does not come', () => {
    const values = daily(4000);
    for (let row = 2880 + 100; row < 2880 + 200; row++) values[row] = values[2880]!;
    const given = scores(createSeriesScorer(), values);
    expect(Math.max(...given.slice(2880, 3200))).toBeGreaterThan(0.95);
  });

  it('does not shout while it has no history', () => {
    expect(Math.max(...scores(createSeriesScorer(), daily(48)))).toBe(0);
  });

  it('says nothing about a series that never changes, and learns nothing from what is no number', () => {
    const scorer = createSeriesScorer();
    expect(Math.max(...scores(scorer, new Array<number>(2000).fill(42)))).toBe(0);
    const before = JSON.stringify(scorer.snapshot());
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(scorer.observe(START, bad)).toMatchObject({ score: 0, rarity: 0 });
    expect(scorer.observe(Number.NaN, 1).score).toBe(0);
    expect(JSON.stringify(scorer.snapshot())).toBe(before);
  });

  it('keeps less than 64 KiB, however long the series is', () => {
    const scorer = createSeriesScorer();
    let seed = 7;
    for (let row = 0; row < 60_000; row++) {
      seed = (seed * 16_807) % 2_147_483_647;
      scorer.observe(START + row * 60, (seed / 2 ** 31) ** -3 * (row % 2 ? 1 : -1));
    }
    expect(JSON.stringify(scorer.snapshot()).length).toBeLessThan(64 * 1024);
  });

  it('stays between 0 and 1 whatever comes', () => {
    const times = fc.double({ noNaN: false });
    fc.assert(
      fc.property(fc.array(fc.tuple(times, fc.double()), { minLength: 60, maxLength: 300 }), (rows) => {
        const scorer = createSeriesScorer();
        for (const [time, value] of rows) {
          const { score, rarity } = scorer.observe(time, value);
          if (!(score >= 0 && score <= 1) || !Number.isFinite(rarity)) return false;
        }
        return createSeriesScorer().restore(JSON.parse(JSON.stringify(scorer.snapshot())));
      }),
      { numRuns: 60 },
    );
  });

  it('does not restore what is no snapshot of its own', () => {
    for (const state of [null, 1, 'x', {}, { version: 99, channels: [] }, [], { version: 1, channels: [] }])
      expect(createSeriesScorer().restore(state)).toBe(false);
  });
});

function scores(scorer: SeriesScorer, values: readonly number[], from = 0): number[] {
  return values.map((value, row) => scorer.observe(START + (from + row) * 300, value).score);
}

/** Five-minute readings with a daily rhythm and a little noise that is always the same. */
function daily(rows: number): number[] {
  let seed = 42;
  return Array.from({ length: rows }, (_, row) => {
    seed = (seed * 16_807) % 2_147_483_647;
    return 100 + 30 * Math.sin((row / 288) * 2 * Math.PI) + (seed / 2 ** 31) * 8;
  });
}
