import { readIso, stamp } from './timestamp.ts';

/** Zones whose abbreviation means one thing in systemd's output; others (CST, IST) take the configured offset. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['WET', 0],
  ['WEST', 60],
  ['CET', 60],
  ['CEST', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['EST', -300],
  ['EDT', -240],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
  ['JST', 540],
]);

const WEEKDAY = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?=\d{4}-)/;
const ZONE = /^ (?:([A-Z]{2,5})|([+-])(\d\d)(\d\d)?) /;
const UNIX = /^(\d{9,10})\.(\d{6}) (?=\S{1,255} \S{1,128}\[\d{1,10}\]: )/;

/** A stamp of `journalctl -o short-full` or `short-unix`. */
export interface JournalStamp {
  readonly timeUs: number;
  /** Index of what follows the stamp and its blank. */
  readonly end: number;
}

/** `Tue 2024-01-02 03:04:05 UTC ` at `start`; null where it does not stand there. */
export function readShortFull(text: string, start: number, utcOffsetMinutes: number): JournalStamp | null {
  if (!WEEKDAY.test(text.slice(start, start + 9)) || !readIso(text, start + 4)) return null;
  const zone = ZONE.exec(text.slice(stamp.end, stamp.end + 8));
  if (zone === null) return null;
  const [whole, name, sign, hours, minutes] = zone;
  const offset =
    name === undefined
      ? (Number(hours) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1)
      : (ZONES.get(name) ?? utcOffsetMinutes);
  return { timeUs: stamp.localUs - offset * 60_000_000, end: stamp.end + whole.length };
}

/** `1704164645.123456 `, only where host and a tag with a pid follow: a number alone is anybody's. */
export function readShortUnix(text: string, start: number): JournalStamp | null {
  const match = UNIX.exec(text.slice(start, start + 420));
  if (match === null) return null;
  return { timeUs: Number(match[1]) * 1_000_000 + Number(match[2]), end: start + match[0].length };
}
