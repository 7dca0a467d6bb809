import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMs, retryAfterMs } from './back-off.ts';
import { judge } from './verdict.ts';

describe('back-off', () => {
  it('grows from 100 ms to 30 s, with full jitter', () => {
    const longest = [0, 1, 2, 8, 9, 1000].map((attempt) => backOffMs(attempt, 0, { random: () => 1 }));
    expect(longest).toEqual([100, 200, 400, 25_600, 30_000, 30_000]);
    expect(backOffMs(5, 0, { random: () => 0 })).toBe(0);
  });

  it('heeds Retry-After, as seconds or as a date, but not for ever', () => {
    expect(retryAfterMs('7', 0)).toBe(7000);
    expect(retryAfterMs('Thu, 01 Jan 1970 00:01:00 GMT', 20_000)).toBe(40_000);
    expect(backOffMs(0, 7000, { random: () => 0.5 })).toBe(7000);
    expect(backOffMs(0, retryAfterMs('999999999', 0), { random: () => 0 })).toBe(300_000);
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(retryAfterMs(header, 1e15)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('keeps a batch unless the answer is about the batch itself', () => {
    const kinds = (codes: number[]) => codes.map((code) => judge(code).kind);
    expect(new Set(kinds([200, 202, 204]))).toEqual(new Set(['taken']));
    expect(new Set(kinds([400, 413, 415, 422]))).toEqual(new Set(['refused']));
    expect(new Set(kinds([0, 301, 401, 403, 404, 405, 408, 409, 429, 500, 503]))).toEqual(new Set(['again']));
  });
});
