import type { Detection, Evidence, LogRecord } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import { detectionId } from '../detection-id.ts';
import { evidenceOf } from '../evidence.ts';
import { ownString } from '../own-string.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known } from '../single.ts';
import { quoteName, spanOf } from '../wording.ts';
import { endpoint } from './address-scope.ts';
import type { Destinations, Outgoing } from './destinations.ts';
import { suspicionOf } from './program.ts';
import { rhythmOf } from './rhythm.ts';

const RULE = 'network-beaconing';
const TITLE = 'Regular connections to one destination';
/** Connections in a row that make a rhythm. */
const BEATS = 8;
const TIMES = 16;
const LINES = 3;
const DESTINATIONS = 2_000;
const QUIET_US = 7 * 86_400e6;
/** Beats closer together than that are one: a program that opens several connections at once. */
const BURST_US = 3e6;

interface Pulse {
  times: number[];
  total: number;
  evidence: Evidence[];
  version: number;
  reportAt: number;
  id: string;
}

/**
 * A program makes connections to one address on the internet at regular intervals, as implants do to ask for orders. Not
 * told of: destinations of the node's time of learning, programs that are at twenty addresses of the port, and more than
 * one destination of a program and port within a week.
 */
export function beaconing(destinations: Destinations): Detector {
  const pulses = new BoundedMap<Pulse>(DESTINATIONS);
  /** Programs by node and port that were told of, or that had a rhythm while the node was learned; when last. */
  const settled = new BoundedMap<{ atUs: number; key: string; learned: boolean }>(DESTINATIONS);

  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['connection_opened'],
    observe({ record }: Observation, report: Report) {
      const out = destinations.of(record);
      if (out === null || !out.isExternal || record.event!['event.reason'] === 'at_start') return;
      if (out.isUsual && !out.isLearning) return;
      const key = [out.host, out.program, out.address, out.port].join('\0');
      const pulse = pulses.get(key) ?? { times: [], total: 0, evidence: [], version: 0, reportAt: 0, id: '' };
      if (pulse.total === 0) pulses.set(ownString(key), pulse);
      if (record.timeUs - (pulse.times.at(-1) ?? Number.NEGATIVE_INFINITY) < BURST_US) return;
      pulse.times = [...pulse.times, record.timeUs].sort((a, b) => a - b).slice(-TIMES);
      pulse.total += 1;
      if (pulse.evidence.length < LINES) pulse.evidence.push(evidenceOf(record));
      if (pulse.times.length < BEATS || (pulse.version > 0 && pulse.total < pulse.reportAt)) return;
      const rhythm = rhythmOf(pulse.times);
      if (rhythm === null) return;
      const place = [out.host, out.program === '' ? out.address : out.program, out.port].join('\0');
      const before = settled.get(place);
      const isHabit =
        before?.learned === true ||
        (before !== undefined && before.key !== key && record.timeUs - before.atUs < QUIET_US);
      if (!isHabit)
        settled.set(ownString(place), { atUs: record.timeUs, key: ownString(key), learned: out.isLearning });
      if (isHabit || out.isLearning) return;
      pulse.version += 1;
      pulse.reportAt = pulse.total * 4;
      pulse.id ||= detectionId(RULE, { key }, pulse.evidence[0]!.id);
      report(detectionOf(record, out, pulse, rhythm.periodUs, rhythm.jitterUs));
    },
    snapshot: () => ({ pulses: pulses.snapshot(), settled: settled.snapshot() }),
    restore(state) {
      const parts = (state ?? {}) as Record<string, unknown>;
      pulses.restore(parts.pulses);
      settled.restore(parts.settled);
    },
  };
}

function detectionOf(
  record: LogRecord,
  out: Outgoing,
  pulse: Pulse,
  periodUs: number,
  jitterUs: number,
): Detection {
  const suspicion = suspicionOf(record.event!);
  const who = out.program === '' ? 'A program that the agent could not name' : quoteName(out.program);
  const first = pulse.evidence[0]!.timeUs;
  return {
    id: pulse.id,
    version: pulse.version,
    rule: RULE,
    title: TITLE,
    level: suspicion?.strong ? 'high' : 'medium',
    timeUs: record.timeUs,
    firstUs: first,
    entities: known({
      'host.name': out.host,
      'destination.address': out.address,
      'destination.port': String(out.port),
      'process.name': out.program,
    }),
    techniques: ['T1071', 'T1029'],
    evidence: [...pulse.evidence],
    evidenceCount: pulse.total,
    reason:
      `On ${out.host}, ${who} has made ${pulse.total} connections to ${endpoint(out.address, out.port)} within ` +
      `${spanOf(record.timeUs - first)}, one every ${spanOf(periodUs)} give or take ${spanOf(jitterUs)}; until now it made none ` +
      `there. Programs that wait for orders do that, and so do updaters and monitors.${suspicion ? ` It is ${suspicion.what}.` : ''} ` +
      `Next: find out whose address it is and what the program is; if neither is known, block the address and look at the node.`,
  };
}

const AT = 1_768_000_000_000_000;
const DAY = 86_400_000_000;
const line = (timeUs: number, address: string) =>
  JSON.stringify({
    event: 'connection_opened',
    time_us: timeUs,
    'network.transport': 'tcp',
    'network.direction': 'outbound',
    'source.address': '10.0.0.11',
    'destination.address': address,
    'destination.port': 8443,
    'process.name': 'updaterd',
  });
const series = (fromUs: number, steps: readonly number[], address: string) => {
  const secondsUntil = (at: number) => steps.slice(0, at + 1).reduce((sum, step) => sum + step, 0);
  return steps.map((_, at) => line(fromUs + secondsUntil(at) * 1e6, address)).join('\n');
};

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['medium', 'high'],
  techniques: ['T1071', 'T1029'],
  source: "the agent's look at /proc/net (connections)",
  why: 'Eight connections and more (twelve, where they are less than exact) to one address on the internet at regular intervals, to which the program made none before: what an implant does to ask for orders.',
  falsePositives: ['A new monitor, updater or messenger; it is told of once a week for a program and port'],
  next: 'Find out whose address it is and what the program is; block the address if neither is known.',
  keeps: '2,000 destinations with 16 times each; the one that was silent longest is forgotten first.',
  examples: {
    match: [
      {
        name: 'every five minutes with a fifth of jitter',
        format: 'tom-note',
        log: `${line(AT, '198.51.100.7')}\n${series(AT + 2 * DAY, [0, 310, 262, 333, 300, 271, 350, 296, 301, 322, 281, 340, 290], '203.0.113.66')}`,
      },
    ],
    ignore: [
      {
        name: 'now and then',
        format: 'tom-note',
        log: `${line(AT, '198.51.100.7')}\n${series(AT + 2 * DAY, [0, 12, 900, 44, 2000, 130, 15, 700, 3600, 61], '203.0.113.66')}`,
      },
      {
        name: 'a destination of the time of learning',
        format: 'tom-note',
        log: `${line(AT, '203.0.113.66')}\n${series(AT + 2 * DAY, [0, 300, 300, 300, 300, 300, 300, 300, 300], '203.0.113.66')}`,
      },
    ],
  },
};
