import type { Detection, Evidence, LogRecord } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import { detectionId } from '../detection-id.ts';
import { evidenceOf } from '../evidence.ts';
import { ownString } from '../own-string.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known } from '../single.ts';
import { plural, spanOf } from '../wording.ts';
import type { Destinations } from './destinations.ts';
import { programWords, suspicionOf } from './program.ts';

const RULE = 'network-fan-out';
const TITLE = 'Connections to many destinations';
const WINDOW_US = 5 * 60e6;
/** Distinct destinations within the window. */
const MANY = 30;
/** So many times what was usual for the program. */
const TIMES_USUAL = 3;
/** A sweep: most of the destinations do not answer. */
const UNANSWERED = 0.6;
/** … and have one port or one address in common. */
const ALIKE = 0.8;
const HOUR_US = 3_600e6;
/** A quarter of what was usual is left after two months of hours in which it ran. */
const FADING = 0.999;
const PROGRAMS = 300;
const DESTINATIONS = 256;
const LINES = 10;

interface Fan {
  /** Distinct destinations of the window, oldest first, each with its last time and whether it answered. */
  seen: [address: string, port: number, timeUs: number, answered: boolean][];
  /** Most at once, as far as it was learned: an hour is learned when it is over. */
  usual: number;
  /** Most at once since `hourUs`. */
  most: number;
  hourUs: number;
  evidence: Evidence[];
  version: number;
  reportAt: number;
  id: string;
  firstUs: number;
}

/**
 * A program makes connections to many destinations within five minutes: a worm, a scanner, or a crawler. Told of at 30
 * destinations and three times what was usual for the program; while a node is learned, only where most of them do not
 * answer, which is what a sweep looks like.
 */
export function fanOut(destinations: Destinations): Detector {
  const fans = new BoundedMap<Fan>(PROGRAMS);
  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['connection_opened'],
    observe({ record }: Observation, report: Report) {
      const out = destinations.of(record);
      const event = record.event!;
      if (out === null || event['event.reason'] === 'at_start') return;
      const key = `${out.host}\0${out.program}`;
      const fan = fans.get(key) ?? freshFan();
      if (fan.firstUs === 0) fans.set(ownString(key), fan);
      addTo(fan, out.address, out.port, event['event.outcome'] !== 'unknown', record);
      const sweep = isSweep(fan);
      fan.most = Math.max(fan.most, fan.seen.length);
      if (out.isLearning) fan.usual = Math.max(fan.usual, fan.seen.length);
      if (record.timeUs - fan.hourUs > HOUR_US) settle(fan, record.timeUs);
      if (fan.seen.length < (sweep ? MANY : Math.max(MANY, TIMES_USUAL * fan.usual))) return;
      if (out.isLearning && !sweep) return;
      if (fan.version > 0 && fan.seen.length < fan.reportAt) return;
      fan.version += 1;
      fan.reportAt = fan.seen.length * 2;
      fan.id ||= detectionId(RULE, { key }, fan.evidence[0]!.id);
      report(detectionOf(record, out.host, out.program, fan, sweep));
    },
    snapshot: () => fans.snapshot(),
    restore: (state) => fans.restore(state),
  };
}

function freshFan(): Fan {
  return {
    seen: [],
    usual: 0,
    most: 0,
    hourUs: 0,
    evidence: [],
    version: 0,
    reportAt: 0,
    id: '',
    firstUs: 0,
  };
}

function addTo(fan: Fan, address: string, port: number, answered: boolean, record: LogRecord): void {
  const { timeUs } = record;
  const at = fan.seen.findIndex((one) => one[0] === address && one[1] === port);
  if (at >= 0) fan.seen.splice(at, 1);
  let old = 0;
  while (old < fan.seen.length && timeUs - fan.seen[old]![2] > WINDOW_US) old++;
  fan.seen.splice(0, Math.max(old, fan.seen.length - DESTINATIONS + 1));
  if (fan.seen.length === 0) {
    // The window is empty: what comes is another story.
    settle(fan, timeUs);
    Object.assign(fan, { evidence: [], version: 0, reportAt: 0, id: '', firstUs: timeUs });
  }
  fan.seen.push([ownString(address), port, timeUs, answered]);
  if (fan.evidence.length < LINES) fan.evidence.push(evidenceOf(record));
}

/** What was, is usual from here on; slowly forgotten where it does not come back. */
function settle(fan: Fan, nowUs: number): void {
  const isHour = nowUs - fan.hourUs > HOUR_US;
  fan.usual = Math.max(fan.most, fan.usual * (isHour ? FADING : 1));
  fan.most = fan.seen.length;
  if (isHour) fan.hourUs = nowUs;
}

/** Most do not answer, and most are the same port of many addresses, or many ports of the same address. */
function isSweep({ seen }: Fan): boolean {
  const silent = seen.filter((one) => !one[3]);
  if (silent.length < seen.length * UNANSWERED) return false;
  return (
    mostOften(silent.map(([, port]) => port)) >= silent.length * ALIKE ||
    mostOften(silent.map(([address]) => address)) >= silent.length * ALIKE
  );
}

function mostOften(values: readonly (string | number)[]): number {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function detectionOf(record: LogRecord, host: string, program: string, fan: Fan, sweeps: boolean): Detection {
  const addresses = new Set(fan.seen.map(([address]) => address)).size;
  const ports = new Set(fan.seen.map(([, port]) => port));
  const suspicion = suspicionOf(record.event!);
  const usually =
    fan.usual >= 2
      ? `At most ${Math.round(fan.usual)} were usual for it.`
      : 'It did nothing of the kind before.';
  const silent = sweeps
    ? ' Most of them do not answer, as when somebody tries addresses one after the other.'
    : '';
  return {
    id: fan.id,
    version: fan.version,
    rule: RULE,
    title: sweeps ? 'Sweep through addresses or ports' : TITLE,
    level: sweeps || suspicion?.strong ? 'high' : 'medium',
    timeUs: record.timeUs,
    firstUs: fan.firstUs,
    entities: known({ 'host.name': host, 'process.name': program, 'user.name': record.event!['user.name'] }),
    techniques: ['T1046', 'T1210'],
    evidence: [...fan.evidence],
    evidenceCount: Math.max(fan.seen.length, fan.evidence.length),
    reason:
      `On ${host}, ${programWords(record.event!)} made connections to ${addresses} address${addresses === 1 ? '' : 'es'}` +
      ` at ${ports.size === 1 ? `port ${[...ports][0]}` : plural(ports.size, 'port')} within ` +
      `${spanOf(record.timeUs - fan.seen[0]![2])}. ${usually}${silent} ` +
      'Next: stop the process if nobody started it on purpose, and look at what it was started by.',
  };
}

const AT = 1_768_000_000_000_000;
const line = (n: number, more: object) =>
  JSON.stringify({
    event: 'connection_opened',
    time_us: AT + n * 2e6,
    'network.transport': 'tcp',
    'network.direction': 'outbound',
    'source.address': '10.0.0.11',
    'destination.address': `10.0.7.${n}`,
    'destination.port': 22,
    'process.name': 'kworkerd',
    ...more,
  });
const series = (count: number, more: (n: number) => object) =>
  Array.from({ length: count }, (_, n) => line(n, more(n))).join('\n');

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['medium', 'high'],
  techniques: ['T1046', 'T1210'],
  source: "the agent's look at /proc/net (connections)",
  why: 'One program talks to 30 destinations and more within five minutes, three times what was usual for it: a worm, a scan, a crawler. High where most do not answer. A scanner that makes its packets itself (nmap as root) is not among the connections of the node and is not seen.',
  falsePositives: [
    'A crawler, a mail server or a peer-to-peer program that was just installed',
    'A scan of your own',
  ],
  next: 'Stop the process if nobody started it on purpose, and look at what it was started by.',
  keeps: '300 programs with 256 destinations each; the one that was silent longest is forgotten first.',
  examples: {
    match: [
      {
        name: 'a sweep through the network for SSH',
        format: 'tom-note',
        log: series(40, () => ({ 'event.outcome': 'unknown' })),
      },
    ],
    ignore: [
      {
        name: 'one destination, often',
        format: 'tom-note',
        log: series(60, () => ({ 'destination.address': '10.0.7.1' })),
      },
      {
        name: 'many destinations that answer, on the first day',
        format: 'tom-note',
        log: series(60, () => ({})),
      },
    ],
  },
};
