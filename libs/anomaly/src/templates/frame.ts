/** Characters at a line's start among which its frame is looked for. */
const FRAME_CHARS = 512;

/**
 * Frames in which logs stand, the more particular first. Each matches from the line's start up to its message, in time
 * linear in the line's start.
 */
const FRAMES: readonly RegExp[] = [
  // Syslog, with or without priority: time, host, tag. Clusters put a label, an epoch, a date and a node before it.
  /^(?:<\d{1,3}>)?(?:\S{1,16} \d{9,10} \d{4}\.\d\d\.\d\d \S{1,64} )?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})? \S{1,255} (?:[^\s:[\]]{1,80}(?:\[\d{1,10}\])?: ?|[^:[\]]{1,80}\[\d{1,10}\](?: \([^)]{1,120}\))?: ?|[^\s:[\]]{1,40} \d[\d.]{0,20}: ?)?/,
  // RFC 5424.
  /^<\d{1,3}>1 \S{1,40} \S{1,255} \S{1,80} \S{1,80} \S{1,80} (?:- |(?:\[[^\]]{0,300}\])+ ?)/,
  // ISO time, host and tag with a pid: rsyslog's own format.
  /^\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:?\d\d) \S{1,255} [^\s:[\]]{1,80}(?:\[\d{1,10}\])?: /,
  // Blue Gene: label, epoch, date, node, time, node, type, component, level.
  /^\S{1,16} \d{9,10} \d{4}\.\d\d\.\d\d \S{1,64} \d{4}-\d\d-\d\d-[\d.]{8,20} \S{1,64} [A-Z]{1,16} \S{1,32} [A-Z]{1,16} /,
  // Number, node, component, state, epoch, flag.
  /^\d{1,10} \S{1,40} \S{1,40} \S{1,60} \d{9,10} \d{1,3} /,
  // Apache: `[Sun Dec 04 04:47:44 2005] [error] `; the client belongs to the message.
  /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4}\] (?:\[(?!client)[^\]]{1,60}\] ){0,4}/,
  // `[10.30 16:49:06] program - `
  /^\[\d\d\.\d\d \d\d:\d\d:\d\d\] [^-]{1,60}(?:-[^-\s][^-]{0,40}){0,3} - /,
  // `20171223-22:15:29:606|component|pid|`
  /^\d{8}-\d{1,2}:\d{1,2}:\d{1,2}:\d{1,3}\|[^|]{1,60}\|\d{1,12}\|/,
  // `03-17 16:13:38.811  1702  2395 D Component: `
  /^\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {1,6}\d{1,6} {1,6}\d{1,6} [A-Z] [^:]{0,60}: ?/,
  // `081109 203615 148 INFO dfs.Component: `
  /^\d{6} \d{6} \d{1,8} [A-Z]{3,8} [^\s:]{1,120}: /,
  // `17/06/09 20:10:40 INFO component: `
  /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d(?:[.,]\d{1,6})? [A-Z]{3,8} [^\s:]{1,120}: /,
  // OpenStack: file, date, pid, level, component, request.
  /^(?:\S{1,100}\.log\S{0,60} )?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,6} \d{1,8} [A-Z]{3,8} \S{1,120} \[[^\]]{0,200}\] /,
  // klog, glog: `I1121 04:32:21.123456   12345 server.go:123] `
  /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} {1,8}\d{1,10} [^\s\]]{1,80}\] /,
  // Redis: `1:M 01 Jan 2026 10:00:00.000 * `
  /^\d{1,8}:[A-Z] \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3} [-.*#] /,
  // Windows servicing: `2016-09-28 04:30:30, Info                  CBS    `
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d, [A-Z][a-z]{2,11} {1,24}[A-Z]{2,8} {1,10}/,
  // log4j: date, level, thread, component, in either order, ` - ` or `: ` before the message.
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[,.]\d{3}Z? (?:- )?[A-Z]{3,8} {1,3}\[.{1,160}?\] - /,
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[,.]\d{3}Z? (?:- )?[A-Z]{3,8} {1,3}\[[^\]]{1,120}\] [^\s:]{1,160}: /,
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[,.]\d{3}Z? (?:- )?[A-Z]{3,8} {1,3}[^\s:[\]]{1,160}: /,
];

/** What nearly every log puts first, one thing after the other, where none of the frames above fits. */
const TIME =
  /^\[?(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/.](?:\d\d|[A-Z][a-z]{2})[-/.]\d{2,4}|[A-Z][a-z]{2},? [A-Z]?[a-z]{0,3} ?\d{1,2} (?:\d{4} )?)?[T: -]{0,3}\d\d:\d\d:\d\d(?:[.,:]\d{1,9})?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?(?: \d{4})?\]?[ \t|,:-]{1,6}/;
const EPOCH = /^\[?\d{10}(?:\.\d{1,9}|\d{3}|\d{6}|\d{9})?\]?[ \t|,:-]{1,4}/;
const UPTIME = /^\[ {0,8}\d{1,10}\.\d{3,6}\] /;
const LEVEL =
  /^[[<(]?(?:trace|debug|dbug|info|information|notice|note|warn|warning|error|erro|err|crit|critical|fatal|severe|alert|emerg|panic)[\])>]?[ \t|:-]{1,6}/i;
const PROCESS = /^(?:\[\d{1,8}\]|\d{1,8}#\d{1,8}:|\d{1,8}(?= [[A-Za-z]))[ \t|:-]{1,4}/;
const LONGEST_FRAME_PARTS = 6;

/** Takes the frame (time, host, program, level, thread) off a line. Remembers which kind the latest line had. */
export class FrameStripper {
  #latest: RegExp | null = null;

  /** @returns the message: a suffix of the line, the line itself where no frame is found. */
  strip(line: string): string {
    const head = line.length > FRAME_CHARS ? line.slice(0, FRAME_CHARS) : line;
    const latest = this.#latest === null ? null : this.#latest.exec(head);
    if (latest !== null) return line.slice(latest[0].length);
    for (const frame of FRAMES) {
      const match = frame.exec(head);
      if (match === null) continue;
      this.#latest = frame;
      return line.slice(match[0].length);
    }
    return line.slice(lengthOfParts(head));
  }
}

function lengthOfParts(head: string): number {
  let length = 0;
  let hasTime = false;
  for (let part = 0; part < LONGEST_FRAME_PARTS; part++) {
    const rest = head.slice(length);
    const time = hasTime ? null : (TIME.exec(rest) ?? EPOCH.exec(rest) ?? UPTIME.exec(rest));
    const match = time ?? LEVEL.exec(rest) ?? (hasTime ? PROCESS.exec(rest) : null);
    if (match === null) break;
    if (time !== null) hasTime = true;
    length += match[0].length;
  }
  // A level without a time may as well be the message's first word.
  return hasTime ? length : 0;
}
