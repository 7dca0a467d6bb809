import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshBaseline, learn, usualVolume } from '../src/sockets/hour-baseline.ts';
import { median, rhythmOf } from '../src/sockets/rhythm.ts';

const times = (steps: readonly number[]) => {
  const all = [1e15];
  for (const step of steps) all.push(all.at(-1)! + step * 1e6);
  return all;
};

describe('a rhythm', () => {
  it('is found under jitter of a fifth, whatever the period', () => {
    const jitter = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), {
      minLength: 11,
      maxLength: 15,
    });
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 20_000 }), jitter, (period, parts) => {
        // The middle one of few jitters may be anywhere in their range; then it is not told from chance.
        const spread = median(parts.map((part) => Math.abs(part - median(parts))));
        fc.pre(spread < 0.08);
        expect(rhythmOf(times(parts.map((part) => period * (1 + part))))).not.toBeNull();
      }),
    );
  });

  it.each([
    [8, 0.002],
    [12, 0.001],
    [16, 0.001],
  ])('of %i times is seen by chance in less than %f of the cases', (count, share) => {
    const rounds = 20_000;
    let seen = 0;
    let state = 12_345;
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return (state + 1) / (2 ** 31 + 1);
    };
    for (let round = 0; round < rounds; round++) {
      const steps = Array.from({ length: count - 1 }, () => -Math.log(random()) * 600);
      if (rhythmOf(times(steps)) !== null) seen += 1;
    }
    expect(seen / rounds).toBeLessThan(share);
  });

  it('is not seen in bursts, nor in too few', () => {
    expect(rhythmOf(times([1, 1, 1, 1, 1, 1, 1, 1]))).toBeNull();
    expect(rhythmOf(times([60]))).toBeNull();
  });
});

describe('what is usual at an hour', () => {
  const HOUR = 3_600e6;

  it('is not known before a day was seen', () => {
    const baseline = freshBaseline();
    for (let n = 0; n < 287; n++) learn(baseline, n * 300e6, 1e6);
    expect(usualVolume(baseline, 0)).toBeNull();
    learn(baseline, 287 * 300e6, 1e6);
    expect(usualVolume(baseline, 0)!.bytes).toBeCloseTo(1e6, -2);
  });

  it('has a bound that is never below what the hour had', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1e10 }), { minLength: 288, maxLength: 400 }),
        (volumes) => {
          const baseline = freshBaseline();
          volumes.forEach((bytes, n) => {
            learn(baseline, n * 300e6, bytes);
          });
          for (let hour = 0; hour < 24; hour++) {
            const usual = usualVolume(baseline, hour * HOUR)!;
            expect(usual.limitBytes).toBeGreaterThanOrEqual(Math.max(0, ...baseline.hours[hour]!));
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
