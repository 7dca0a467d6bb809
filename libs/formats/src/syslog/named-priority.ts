import type { Frame } from './frame.ts';

/** RFC 5424's facilities and severities by syslog.h's names, in their order. */
const FACILITIES =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp security console solaris-cron local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
const SEVERITIES: Readonly<Record<string, number>> = {
  emerg: 0,
  panic: 0,
  alert: 1,
  crit: 2,
  err: 3,
  error: 3,
  warning: 4,
  warn: 4,
  notice: 5,
  info: 6,
  debug: 7,
};
const LONGEST = 24;

/**
 * `auth.info ` between host and tag, as busybox's syslogd writes it (Alpine, OpenWrt).
 * @returns the index after it, or -1 where none stands there; fills facility and severity.
 */
export function readNamedPriority(text: string, at: number, frame: Frame): number {
  const end = text.indexOf(' ', at);
  if (end < 0 || end - at > LONGEST) return -1;
  const dot = text.indexOf('.', at);
  if (dot < 0 || dot > end) return -1;
  const facility = FACILITIES.indexOf(text.slice(at, dot));
  const name = text.slice(dot + 1, end);
  const severity = Object.hasOwn(SEVERITIES, name) ? SEVERITIES[name] : undefined;
  if (facility < 0 || severity === undefined) return -1;
  frame.facility = facility;
  frame.severity = severity;
  return end + 1;
}
