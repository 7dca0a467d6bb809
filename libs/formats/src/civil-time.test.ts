import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochSeconds, parseIsoUs } from './civil-time.ts';

describe('civil time', () => {
  it('agrees with Date on every second from 1970 to 2255', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000 }), (seconds) => {
        const date = new Date(seconds * 1000);
        const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        expect(epochSeconds(y, m, d, date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds())).toBe(
          seconds,
        );
        expect(parseIsoUs(date.toISOString())).toBe(seconds * 1e6);
      }),
    );
  });

  it('knows no dates that do not exist', () => {
    for (const text of [
      '2023-02-29T00:00:00Z',
      '2024-04-31T00:00:00Z',
      '2024-01-01T24:00:00Z',
      '2100-02-29 00:00:00',
    ]) {
      expect(parseIsoUs(text)).toBeUndefined();
    }
    expect(epochSeconds(2024, 1, Number.NaN, 0, 0, 0)).toBe(-1);
  });

  it('reads fractions, zones and their absence', () => {
    expect(parseIsoUs('2024-01-02T03:04:05.123456789+01:00')).toBe(1_704_161_045_123_456);
    expect(parseIsoUs('2024-01-02 03:04:05,5')).toBe(1_704_164_645_500_000);
    expect(parseIsoUs('2024-01-02T03:04:05', 60)).toBe(1_704_161_045_000_000);
    expect(parseIsoUs('2024-01-02T03:04:05-0330')).toBe(1_704_177_245_000_000);
  });
});
