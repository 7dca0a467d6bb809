/** Where the two columns stand, by the header of a file as the Numenta Anomaly Benchmark has them. */
export interface SeriesColumns {
  readonly timestamp: number;
  readonly value: number;
}

export interface SeriesRow {
  /** As the file has them. */
  readonly timestamp: string;
  readonly value: string;
  readonly timeSeconds: number;
  readonly number: number;
}

export type SeriesRowResult = SeriesRow | { readonly bad: 'timestamp' | 'value'; readonly text: string };

/** @returns null where one of the columns `timestamp` and `value` is missing (any case, any order, others between). */
export function parseSeriesHeader(line: string): SeriesColumns | null {
  const names = splitCsvLine(line.replace(/^\ufeff/, '')).map((name) => name.trim().toLowerCase());
  const timestamp = names.indexOf('timestamp');
  const value = names.indexOf('value');
  return timestamp < 0 || value < 0 ? null : { timestamp, value };
}

/** One line below the header. */
export function parseSeriesRow(line: string, columns: SeriesColumns): SeriesRowResult {
  const fields = splitCsvLine(line);
  const timestamp = fields[columns.timestamp] ?? '';
  const value = fields[columns.value] ?? '';
  const timeSeconds = parseSeriesTime(timestamp.trim());
  if (timeSeconds === null) return { bad: 'timestamp', text: timestamp };
  const number = parseNumber(value.trim());
  if (number === null) return { bad: 'value', text: value };
  return { timestamp, value, timeSeconds, number };
}

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(?: ?(Z|[+-]\d\d:?\d\d))?)?$/;

/**
 * `2014-02-14 14:30:00`, ISO 8601 (UTC where it names no zone), or seconds, milli-, micro- or nanoseconds since 1970,
 * told apart by their size. @returns epoch seconds, null for anything else.
 */
export function parseSeriesTime(text: string): number | null {
  if (/^-?\d{1,19}(?:\.\d{1,9})?$/.test(text)) return epochSeconds(Number(text));
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 60) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 100) date.setUTCFullYear(year);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const zone = zoneSeconds(match[8]);
  if (zone === null) return null;
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second + Number(match[7] ?? 0) - zone;
}

function epochSeconds(count: number): number {
  const size = Math.abs(count);
  if (size < 1e11) return count;
  if (size < 1e14) return count / 1e3;
  return size < 1e17 ? count / 1e6 : count / 1e9;
}

function zoneSeconds(zone: string | undefined): number | null {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 14 || minutes > 59) return null;
  return (zone[0] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

function parseNumber(text: string): number | null {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** RFC 4180 without line breaks inside of a field. */
export function splitCsvLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!;
    if (quoted && char === '"' && line[at + 1] === '"') {
      field += '"';
      at += 1;
    } else if (char === '"' && (quoted || field === '')) quoted = !quoted;
    else if (char === ',' && !quoted) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  return [...fields, field];
}

/** Quoted where it must be. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
