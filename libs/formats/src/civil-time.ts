/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar; months from 1. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

/** Seconds since the epoch of a UTC date and time, or -1 where there is no such date (a leap second is one). */
export function epochSeconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  if (!(year >= 1970 && year <= 2255 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return -1;
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return -1;
  if (day > 28 && day > daysIn(year, month)) return -1;
  return daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Two decimal digits at `at`, or NaN. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Four decimal digits at `at`, or NaN. */
export function fourDigits(text: string, at: number): number {
  return twoDigits(text, at) * 100 + twoDigits(text, at + 2);
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** 1 to 12 for an English three-letter month at `at`, else NaN. */
export function monthNamed(text: string, at: number): number {
  const index = MONTHS.indexOf(text.slice(at, at + 3));
  return index >= 0 && index % 3 === 0 ? index / 3 + 1 : Number.NaN;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?([Zz]|UTC)| ?([+-])(\d\d):?(\d\d)?)?$/;

/**
 * RFC 3339 and its looser kin (space for T, comma for point, no zone, `+02`) as integer microseconds; digits
 * past the microsecond are cut off.
 *
 * @param utcOffsetMinutes zone of a time that names none.
 * @returns undefined where the text is no such time.
 */
export function parseIsoUs(text: string, utcOffsetMinutes = 0): number | undefined {
  if (text.length > 48) return undefined;
  const m = ISO.exec(text);
  if (m === null) return undefined;
  const seconds = epochSeconds(+m[1]!, +m[2]!, +m[3]!, +m[4]!, +m[5]!, +m[6]!);
  if (seconds < 0) return undefined;
  let offset = utcOffsetMinutes;
  if (m[8] !== undefined) offset = 0;
  else if (m[9] !== undefined) offset = (m[9] === '-' ? -1 : 1) * (+m[10]! * 60 + +(m[11] ?? 0));
  const micros = m[7] === undefined ? 0 : +m[7].padEnd(6, '0').slice(0, 6);
  return (seconds - offset * 60) * 1e6 + micros;
}
