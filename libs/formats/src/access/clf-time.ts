import { epochSeconds, fourDigits, monthNamed, twoDigits } from '../civil-time.ts';

/**
 * `[10/Oct/2000:13:55:36 -0700]` whose bracket opens at `at`, as integer microseconds; NaN where the 28
 * characters are not exactly that.
 */
export function clfTimeUs(text: string, at: number): number {
  if (
    text.charCodeAt(at) !== 0x5b ||
    text.charCodeAt(at + 3) !== 0x2f ||
    text.charCodeAt(at + 7) !== 0x2f ||
    text.charCodeAt(at + 12) !== 0x3a ||
    text.charCodeAt(at + 15) !== 0x3a ||
    text.charCodeAt(at + 18) !== 0x3a ||
    text.charCodeAt(at + 21) !== 0x20 ||
    text.charCodeAt(at + 27) !== 0x5d
  ) {
    return Number.NaN;
  }
  const sign = text.charCodeAt(at + 22);
  if (sign !== 0x2b && sign !== 0x2d) return Number.NaN;
  const seconds = epochSeconds(
    fourDigits(text, at + 8),
    monthNamed(text, at + 4),
    twoDigits(text, at + 1),
    twoDigits(text, at + 13),
    twoDigits(text, at + 16),
    twoDigits(text, at + 19),
  );
  if (seconds < 0) return Number.NaN;
  const offset = twoDigits(text, at + 23) * 3600 + twoDigits(text, at + 25) * 60;
  return (sign === 0x2d ? seconds + offset : seconds - offset) * 1e6;
}
