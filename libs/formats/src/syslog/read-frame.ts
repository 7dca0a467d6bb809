import type { Frame } from './frame.ts';
import { readShortFull, readShortUnix } from './journal-stamp.ts';
import { readNamedPriority } from './named-priority.ts';
import { readRfc5424 } from './rfc5424.ts';
import { readTag } from './tag.ts';
import { daysIn, monthAt, readIso, stamp, timeOfDayUs, twoDigits } from './timestamp.ts';
import type { YearSolver } from './year.ts';

export interface Clock {
  readonly years: YearSolver;
  /** Minutes east of UTC of stamps without a zone. */
  readonly utcOffsetMinutes: number;
}

/**
 * A line's frame: RFC 5424, RFC 3164 (with and without priority, year, host) or ISO 8601 / RFC 3339 stamps as
 * rsyslog and Debian 12 write them. Which one is decided per line, so a file may mix them.
 * @returns null where not even time and program can be told.
 */
export function readFrame(text: string, clock: Clock): Frame | null {
  const frame: Frame = { message: '' };
  let at = text.charCodeAt(0) === 60 ? readPriority(text, frame) : 0;
  if (at < 0) return null;
  if (at > 0 && text.charCodeAt(at) === 49 && text.charCodeAt(at + 1) === 32) {
    return readRfc5424(text, at + 2, frame, clock.utcOffsetMinutes) ? frame : null;
  }
  const c = text.charCodeAt(at);
  const start = at;
  if (c >= 65 && c <= 83) at = readBsdTime(text, at, frame, clock);
  else if (c === 49 || c === 50) at = readIsoTime(text, at, frame, clock);
  else if (c === 84 || c === 87) at = -1;
  else return null;
  if (at < 0) at = readJournalTime(text, start, frame, clock);
  if (at < 0) return null;
  return readHostAndTag(text, at, frame) ? frame : null;
}

/** `<0>` to `<191>`; returns the index after it, or -1. */
function readPriority(text: string, frame: Frame): number {
  let value = 0;
  let at = 1;
  for (; at < 5; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  if (at === 1 || value > 191 || text.charCodeAt(at) !== 62) return -1;
  frame.facility = value >> 3;
  frame.severity = value & 7;
  return at + 1;
}

/** `Mon dd [yyyy ]hh:mm:ss[.f][ yyyy] `; returns the index of what follows, or -1. */
function readBsdTime(text: string, start: number, frame: Frame, clock: Clock): number {
  const month = monthAt(text, start);
  if (month < 0 || text.charCodeAt(start + 3) !== 32) return -1;
  let at = start + 4;
  if (text.charCodeAt(at) === 32) at++;
  let day = twoDigits(text, at);
  if (Number.isNaN(day)) {
    day = text.charCodeAt(at) - 48;
    at += 1;
  } else at += 2;
  if (!(day >= 1 && day <= 31) || day > daysIn(2000, month + 1) || text.charCodeAt(at) !== 32) return -1;
  at++;
  let year = Number.NaN;
  if (text.charCodeAt(at + 4) === 32 && text.charCodeAt(at + 2) !== 58) {
    year = twoDigits(text, at) * 100 + twoDigits(text, at + 2);
    if (!(year >= 1970 && year < 2255) || day > daysIn(year, month + 1)) return -1;
    at += 5;
  }
  const timeUs = timeOfDayUs(text, at);
  if (Number.isNaN(timeUs)) return -1;
  at = stamp.end;
  if (text.charCodeAt(at) !== 32)
    return text.charCodeAt(at) === 58 && text.charCodeAt(at + 1) === 32 ? at + 2 : -1;
  const local = Number.isNaN(year)
    ? clock.years.solve(month, day, timeUs)
    : Date.UTC(year, month, day) * 1000 + timeUs;
  if (local !== undefined) frame.timeUs = local - clock.utcOffsetMinutes * 60_000_000;
  return at + 1;
}

function readIsoTime(text: string, start: number, frame: Frame, clock: Clock): number {
  if (!readIso(text, start) || text.charCodeAt(stamp.end) !== 32) return -1;
  const offset = Number.isNaN(stamp.offsetMinutes) ? clock.utcOffsetMinutes : stamp.offsetMinutes;
  frame.timeUs = stamp.localUs - offset * 60_000_000;
  // With a space in the stamp it could be any program's own log: only a tag with a pid makes it syslog.
  if (
    text.charCodeAt(start + 10) === 32 &&
    !/^ \S{1,255} \S{1,128}\[\d{1,10}\]: /.test(text.slice(stamp.end, stamp.end + 420))
  ) {
    return -1;
  }
  return stamp.end + 1;
}

/** What `journalctl` prints beside RFC 3164's and ISO's stamps. */
function readJournalTime(text: string, start: number, frame: Frame, clock: Clock): number {
  const digits = text.charCodeAt(start) <= 57;
  const read = digits ? readShortUnix(text, start) : readShortFull(text, start, clock.utcOffsetMinutes);
  if (read === null) return -1;
  frame.timeUs = read.timeUs;
  return read.end;
}

const HOST = /^[\w.:@%/-]{1,255}$/;
const LEVEL = /^(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERR|ERROR|CRIT|CRITICAL|FATAL|SEVERE|ALERT|EMERG)$/i;

/** @returns false where what stands in the host's place can be none. */
function readHostAndTag(text: string, at: number, frame: Frame): boolean {
  const space = text.indexOf(' ', at);
  const hostEnd = space < 0 || space - at > 255 ? -1 : space;
  // `Mon dd hh:mm:ss sshd[1]: …` has no host: a host does not end in a colon.
  if (hostEnd < 0 || text.charCodeAt(hostEnd - 1) === 58) {
    const tagEnd = readTag(text, at, frame);
    frame.message = messageAt(text, tagEnd < 0 ? at : tagEnd);
    return tagEnd >= 0;
  }
  const host = text.slice(at, hostEnd);
  // `2025-01-01T00:00:00Z INFO server: …` is some program's own log.
  if (!HOST.test(host) || (hostEnd - at < 9 && LEVEL.test(host))) return false;
  // `sogod [811]: …`: no host, and a blank in the tag.
  if (text.charCodeAt(hostEnd + 1) === 91) {
    const pid = /^\[(\d{1,10})\]: /.exec(text.slice(hostEnd + 1, hostEnd + 16));
    if (pid !== null) {
      frame.program = host;
      frame.pid = Number(pid[1]);
      frame.message = text.slice(hostEnd + 1 + pid[0].length);
      return true;
    }
  }
  frame.host = host;
  let tagEnd = readTag(text, hostEnd + 1, frame);
  if (tagEnd < 0) {
    const after = readNamedPriority(text, hostEnd + 1, frame);
    if (after > 0) tagEnd = readTag(text, after, frame);
  }
  frame.message = tagEnd < 0 ? text.slice(hostEnd + 1) : messageAt(text, tagEnd);
  return true;
}

/** One space after the colon belongs to the frame. */
function messageAt(text: string, at: number): string {
  return text.slice(text.charCodeAt(at) === 32 ? at + 1 : at);
}
