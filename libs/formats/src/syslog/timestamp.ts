/** A time stamp and where it ended. One is reused per reader: read it before the next call. */
export interface Stamp {
  /** Microseconds since the epoch as if the stamp were UTC, before `offsetMinutes` is applied. */
  localUs: number;
  /** Minutes east of UTC where the stamp says so; NaN where it does not. */
  offsetMinutes: number;
  /** Index right after the stamp. */
  end: number;
}

export const stamp: Stamp = { localUs: 0, offsetMinutes: Number.NaN, end: 0 };

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** @returns 0 to 11, or -1 where no English month stands at `at`. */
export function monthAt(text: string, at: number): number {
  const index = MONTHS.indexOf(text.slice(at, at + 3));
  return index >= 0 && index % 3 === 0 ? index / 3 : -1;
}

/** Two digits as a number, or NaN. */
export function twoDigits(text: string, at: number): number {
  const a = text.charCodeAt(at) - 48;
  const b = text.charCodeAt(at + 1) - 48;
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : Number.NaN;
}

/**
 * `hh:mm:ss[.fraction]` at `at`; the end is left in `stamp.end`.
 * @returns microseconds of the day, or NaN. Second 60 (a leap second) counts as the next minute's first.
 */
export function timeOfDayUs(text: string, at: number): number {
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  const second = twoDigits(text, at + 6);
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return Number.NaN;
  if (!(hour < 24 && minute < 60 && second < 61)) return Number.NaN;
  const wholeUs = (hour * 3600 + minute * 60 + second) * 1_000_000;
  stamp.end = at + 8;
  const separator = text.charCodeAt(at + 8);
  if (separator !== 46 && separator !== 44) return wholeUs;
  return wholeUs + fractionUs(text, at + 9);
}

function fractionUs(text: string, start: number): number {
  let us = 0;
  let scale = 100_000;
  let at = start;
  // Nine digits (nanoseconds) at most; microseconds are kept.
  for (; at < start + 9; at++) {
    const c = text.charCodeAt(at) - 48;
    if (!(c >= 0 && c <= 9)) break;
    us += c * scale;
    scale = scale === 1 ? 0 : scale / 10;
  }
  if (at > start) stamp.end = at;
  return us;
}

/**
 * ISO 8601 / RFC 3339 at `at`: `YYYY-MM-DD(T| )hh:mm:ss[.f][Z|±hh[:]mm]` into `stamp`.
 * @returns whether one stands there.
 */
export function readIso(text: string, at: number): boolean {
  const century = twoDigits(text, at);
  const year = century * 100 + twoDigits(text, at + 2);
  const month = twoDigits(text, at + 5);
  const day = twoDigits(text, at + 8);
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return false;
  const t = text.charCodeAt(at + 10);
  if (t !== 84 && t !== 116 && t !== 32) return false;
  if (!(year >= 1970 && year < 2255 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) {
    return false;
  }
  const timeUs = timeOfDayUs(text, at + 11);
  if (Number.isNaN(timeUs)) return false;
  stamp.localUs = dayUs(year, month, day) + timeUs;
  stamp.offsetMinutes = Number.NaN;
  return readOffset(text, stamp.end);
}

let cachedKey = -1;
let cachedDayUs = 0;

/** The same day comes again and again: Date.UTC is the dearest part of a stamp. */
function dayUs(year: number, month: number, day: number): number {
  const key = (year * 16 + month) * 32 + day;
  if (key !== cachedKey) {
    cachedDayUs = Date.UTC(year, month - 1, day) * 1000;
    cachedKey = key;
  }
  return cachedDayUs;
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function readOffset(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  if (sign === 90 || sign === 122) {
    stamp.offsetMinutes = 0;
    stamp.end = at + 1;
  } else if (sign === 43 || sign === 45) {
    const hours = twoDigits(text, at + 1);
    const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
    const minutes = twoDigits(text, at + 3 + colon);
    if (!(hours < 24 && minutes < 60)) return false;
    stamp.offsetMinutes = (hours * 60 + minutes) * (sign === 45 ? -1 : 1);
    stamp.end = at + 5 + colon;
  }
  return true;
}
