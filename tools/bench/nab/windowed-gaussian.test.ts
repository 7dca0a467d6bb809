import { expect, it } from 'vitest';
import { erfc, windowedGaussian } from './windowed-gaussian.ts';

it('has the complementary error function to nine digits', () => {
  const known = [
    [0, 1],
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2, 0.004677734981047266],
    [3, 2.209049699858544e-5],
    [5, 1.5374597944280349e-12],
  ] as const;
  for (const [x, y] of known) expect(erfc(x) / y).toBeCloseTo(1, 9);
  expect(erfc(2 - 1e-9) / erfc(2)).toBeCloseTo(1, 7);
});

it('scores the tail of what came before', () => {
  const score = windowedGaussian();
  expect(score(10)).toBe(0);
  for (const value of [8, 12, 10, 8, 12, 10]) score(value);
  expect(score(10)).toBeCloseTo(0.5, 9);
  expect(score(40)).toBeGreaterThan(0.999999);
});
