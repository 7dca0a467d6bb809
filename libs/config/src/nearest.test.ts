import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

it('finds the key that was meant', () => {
  expect(nearest('retension', ['age', 'retention', 'size'])).toBe('retention');
  expect(nearest('prot', ['host', 'port'])).toBe('port');
  expect(nearest('Failures', ['failures', 'window'])).toBe('failures');
});

it('says nothing rather than something far-fetched', () => {
  expect(nearest('zebra', ['host', 'port', 'tls'])).toBeNull();
  expect(nearest('x', ['y'])).toBeNull();
  expect(nearest('', ['host'])).toBeNull();
});

it('counts a swap of neighbours as one', () => {
  expect(editDistance('ab', 'ba')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

it('is a distance: zero for equals alone, the same both ways, at most the longer word', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      expect(distance).toBe(editDistance(b, a));
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});
