import { expect, it } from 'vitest';
import { goDuration } from './go-duration.ts';

it.each([
  [14_397_500, '3h59m57.5s'],
  [60_000, '1m0s'],
  [1_500, '1.5s'],
  [3_600_000, '1h0m0s'],
  [0, '0s'],
  [-62_000, '-1m2s'],
])('writes %i ms as Go does: %s', (ms, text) => {
  expect(goDuration(ms)).toBe(text);
});
