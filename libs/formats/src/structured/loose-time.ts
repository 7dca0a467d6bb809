import { parseIsoUs } from '../civil-time.ts';

const NUMBER = /^\d{9,19}(?:\.\d{1,9})?$/;
const LATEST_US = 9_000_000_000 * 1e6;
const EARLIEST_US = 100_000_000 * 1e6;

/**
 * A time as loggers write it: ISO text, or a number whose unit its magnitude tells (seconds below 10^11,
 * milliseconds below 10^14, microseconds below 10^17, nanoseconds above). Integer microseconds; undefined for
 * anything else and for times outside 1973 to 2255.
 */
export function looseTimeUs(value: unknown, utcOffsetMinutes?: number): number | undefined {
  if (typeof value === 'number') return numberUs(value);
  if (typeof value !== 'string') return undefined;
  if (NUMBER.test(value)) return numberUs(+value);
  return parseIsoUs(value, utcOffsetMinutes);
}

function numberUs(value: number): number | undefined {
  let us = value / 1000;
  if (value < 1e11) us = value * 1e6;
  else if (value < 1e14) us = value * 1000;
  else if (value < 1e17) us = value;
  return us >= EARLIEST_US && us <= LATEST_US ? Math.round(us) : undefined;
}
