import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoFromUs, usFromIso } from './iso-time.ts';

it('keeps every microsecond there and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_000_000_000_000_000, max: 9_000_000_000_000_000 }), (timeUs) => {
      expect(usFromIso(isoFromUs(timeUs))).toBe(timeUs);
    }),
  );
});

it('reads zones and refuses times without one', () => {
  expect(usFromIso('2026-11-20T12:00:00.5+01:00')).toBe(usFromIso('2026-11-20T11:00:00.500000Z'));
  expect(usFromIso('2026-11-20T12:00:00')).toBeNull();
  expect(usFromIso('2026-13-20T12:00:00Z')).toBeNull();
});

it('shows a time beyond the calendar as the epoch', () => {
  expect(isoFromUs(1e300)).toBe('1970-01-01T00:00:00.000000Z');
});
