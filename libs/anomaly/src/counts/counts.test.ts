import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountFinding, createCountWatch } from './count-watch.ts';
import { logLowerTail, logUpperTail } from './tail.ts';

describe('tails', () => {
  it('are those of Poisson', () => {
    // P(X >= 3), mean 1: 1 - e^-1 (1 + 1 + 1/2)
    expect(Math.exp(logUpperTail(3, 1))).toBeCloseTo(1 - Math.exp(-1) * 2.5, 10);
    expect(Math.exp(logLowerTail(0, 7))).toBeCloseTo(Math.exp(-7), 12);
  });

  it('are those of the negative binomial', () => {
    // Mean 2, variance 4: size 2, p 1/2; P(X <= 1) = 1/4 + 1/4
    expect(Math.exp(logLowerTail(1, 2, 2))).toBeCloseTo(0.5, 10);
  });

  it('add up to one and fall with the distance', () => {
    const numbers = fc.tuple(
      fc.nat(3_000),
      fc.double({ min: 0.01, max: 2_000, noNaN: true }),
      fc.double({ min: 1, max: 50, noNaN: true }),
    );
    fc.assert(
      fc.property(numbers, ([count, mean, dispersion]) => {
        const up = logUpperTail(count + 1, mean, dispersion);
        const low = logLowerTail(count, mean, dispersion);
        expect(Math.exp(up) + Math.exp(low)).toBeCloseTo(1, 4);
        expect(logUpperTail(count + 2, mean, dispersion)).toBeLessThanOrEqual(up + 1e-9);
      }),
    );
  });
});

describe('counts of a series', () => {
  const MINUTE = 60e6;
  /** Noise of a fixed seed. */
  const noise = () => {
    let state = 12345;
    return () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state / 2 ** 32;
    };
  };
  /** Ten-minute buckets from midnight on; `rate` gives lines for the bucket. */
  function run(buckets: number, rate: (bucket: number) => number): CountFinding[] {
    const watch = createCountWatch();
    const found: CountFinding[] = [];
    const start = Date.UTC(2026, 0, 5) * 1000;
    for (let b = 0; b < buckets; b++) {
      watch.advance(start + b * 10 * MINUTE, (f) => found.push(f));
      const count = rate(b);
      for (let i = 0; i < count; i++) watch.add('x', start + b * 10 * MINUTE + i, (f) => found.push(f));
    }
    watch.advance(start + buckets * 10 * MINUTE, (f) => found.push(f));
    return found;
  }

  it('are reported when they are too many, once', () => {
    const next = noise();
    const found = run(500, (b) => (b >= 400 && b < 410 ? 300 : 10 + Math.floor(next() * 8)));
    expect(found.map(({ direction }) => direction)).toEqual(['high']);
    expect(found[0]).toMatchObject({ key: 'x', count: 300 });
  });

  it('are reported when they are too few', () => {
    const next = noise();
    const found = run(500, (b) => (b >= 400 && b < 410 ? 0 : 40 + Math.floor(next() * 12)));
    expect(found.map(({ direction }) => direction)).toEqual(['low']);
  });

  it('may follow the hour of the day', () => {
    const next = noise();
    const found = run(1_400, (b) => (b % 144 < 18 ? 200 : 2) + Math.floor(next() * 6));
    expect(found).toEqual([]);
  });

  it('are not reported while they are learned', () => {
    expect(run(140, (b) => (b === 100 ? 500 : 5))).toEqual([]);
  });

  it('may be bursts by nature', () => {
    const next = noise();
    expect(run(2_000, () => (next() < 0.1 ? Math.floor(next() * 200) : 0))).toEqual([]);
  });

  it('go on the same after a restore, and are bounded', () => {
    const drop = () => {};
    const watch = createCountWatch({ series: 16 });
    for (let i = 0; i < 2_000; i++) watch.add(`k${i % 40}`, i * 2e7, drop);
    expect(watch.size).toBe(16);
    const copy = createCountWatch({ series: 16 });
    copy.restore(JSON.parse(JSON.stringify(watch.snapshot())));
    for (let i = 2_000; i < 3_000; i++) for (const w of [watch, copy]) w.add(`k${i % 40}`, i * 2e7, drop);
    expect(copy.snapshot()).toEqual(watch.snapshot());
  });
});
