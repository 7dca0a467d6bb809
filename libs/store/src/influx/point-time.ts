import { createHash } from 'node:crypto';

/** What InfluxDB can keep, in nanoseconds, a bucket short of its ends. */
const MIN_NS = -9_223_372_036_000_000_000n;
const MAX_NS = 9_223_372_036_000_000_000n;

/**
 * Nanoseconds of a point: the event's time, with the digits that the log's clock does not fill taken from the
 * line's place. A log with whole seconds leaves nine digits, one with milliseconds six, a finer one three.
 *
 * The digits are (hash of the stream + byte offset) modulo their range: two lines of one stream within a second
 * differ by their offsets and never meet (below 1 GB a second) and keep their order but for the wrap. Two
 * streams of equal tags meet by chance: n and m lines within one second with odds of n*m in a billion (whole
 * seconds), in a million (milliseconds), in a thousand (within the same microsecond).
 */
export function logPointTime(timeUs: number, recordId: string): bigint {
  const range = freeRange(timeUs);
  const stream = Number.parseInt(recordId.slice(0, 12), 16) % range;
  const offset = Number.parseInt(recordId.slice(12), 16) % range;
  return clampNs(BigInt(timeUs) * 1_000n + BigInt((stream + offset) % range));
}

/** For points without an offset: the digits below the microsecond from a hash of what makes them one. */
export function hashedPointTime(timeUs: number, identity: string): bigint {
  const digits = createHash('sha256').update(identity).digest().readUInt32BE(0) % 1_000;
  return clampNs(BigInt(timeUs) * 1_000n + BigInt(digits));
}

/** How far a log point may stand behind its time. */
export const POINT_SPREAD_US = 1_000_000;

function freeRange(timeUs: number): number {
  if (timeUs % 1_000_000 === 0) return 1_000_000_000;
  return timeUs % 1_000 === 0 ? 1_000_000 : 1_000;
}

export function clampNs(ns: bigint): bigint {
  if (ns < MIN_NS) return MIN_NS;
  return ns > MAX_NS ? MAX_NS : ns;
}
