import type { Event, Level, LogRecord } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { type Sight, Usual } from '../usual.ts';
import { endpoint, isLoopback } from './address-scope.ts';
import { programOf, programWords, type Suspicion, suspicionOf } from './program.ts';

const RULE = 'network-new-listener';
const TITLE = 'New listener';
const LEARN_US = 24 * 3_600e6;
/** Clients' ports: a service there has another one after each start. */
const EPHEMERAL = 32_768;
const NODES = 1_000;
/** A program that listened at so many ports does so by its nature: FTP, telephony, peer-to-peer. */
const MANY_PORTS = 8;

/**
 * A port that this node never listened at, or at which another program listens than usual. What is there when the agent
 * first looks is usual; for a day after that, more is a fact of level low.
 */
export function newListener(): Detector {
  const usual = new Usual({ learnUs: LEARN_US });
  /** When the first whole look at a node was. */
  const baselines = new BoundedMap<number>(NODES);

  function sightOf(
    host: string,
    event: Event,
    suspicion: Suspicion | null,
    nowUs: number,
  ): { port: Sight | 'changing'; program: Sight } {
    const transport = event['network.transport'] ?? 'tcp';
    // A file in /tmp may have any name: it is not the program that it is called after.
    const program = programOf(event) + (suspicion?.strong ? ` (${suspicion.what})` : '');
    const port = event['server.port']!;
    const place =
      port >= EPHEMERAL && program !== '' && suspicion === null ? `${transport}/any` : `${transport}/${port}`;
    const isSharedPlace = place.endsWith('/any');
    const atPort = isSharedPlace ? 'changing' : usual.see(host, place, nowUs);
    const ofProgram = program === '' ? 'usual' : usual.see(host, `${place}/${program}`, nowUs);
    if (
      suspicion === null &&
      !isSharedPlace &&
      program !== '' &&
      atPort !== 'usual' &&
      roams(host, transport, program, nowUs)
    )
      return { port: 'usual', program: 'usual' };
    return { port: atPort, program: ofProgram };
  }

  /** Counts a program's ports by names of their own: `#1`, `#2`, … */
  function roams(host: string, transport: string, program: string, nowUs: number): boolean {
    for (let count = 1; count < MANY_PORTS; count++) {
      const name = `${transport}/#${count}/${program}`;
      if (usual.sinceUs(host, name) === undefined) {
        usual.see(host, name, nowUs);
        return false;
      }
    }
    return true;
  }

  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['listener_opened'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const port = event['server.port'];
      const address = event['server.address'] ?? '';
      if (port === undefined || event['network.loopback'] === true || isLoopback(address)) return;
      const host = event['host.name'] ?? record.origin.host;
      const suspicion = suspicionOf(event);
      const isAtStart = event['event.reason'] === 'at_start';
      if (isAtStart && baselines.peek(host) === undefined) baselines.set(host, record.timeUs);
      const isBaseline = isAtStart && baselines.get(host) === record.timeUs;
      if (event['network.transport'] === 'udp' && port >= EPHEMERAL && !suspicion?.strong) return;
      const isEarly = usual.isLearning(host, record.timeUs) || baselines.peek(host) === undefined;
      const sight = sightOf(host, event, suspicion, record.timeUs);
      if ((sight.port === 'usual' || sight.port === 'changing') && sight.program === 'usual') return;
      const level = levelOf(isBaseline, isEarly, suspicion);
      if (level === null) return;
      report(detectionOf(record, host, level, suspicion, sight.port));
    },
    snapshot: () => ({ usual: usual.snapshot(), baselines: baselines.snapshot() }),
    restore(state) {
      const parts = (state ?? {}) as Record<string, unknown>;
      usual.restore(parts.usual);
      baselines.restore(parts.baselines);
    },
  };
}

function levelOf(isBaseline: boolean, isEarly: boolean, suspicion: Suspicion | null): Level | null {
  if (isBaseline) return suspicion?.strong ? 'medium' : null;
  if (isEarly) return suspicion?.strong ? 'medium' : 'low';
  return suspicion === null ? 'medium' : 'high';
}

const NOTHING = 'Until now nothing on this node listened at this port.';
const USUALLY: Readonly<Record<Sight | 'changing', string>> = {
  usual: 'Until now another program listened at this port.',
  learning: NOTHING,
  new: NOTHING,
  changing: 'Until now this program listened at none of the ports that change with each start.',
};

function detectionOf(
  record: LogRecord,
  host: string,
  level: Level,
  suspicion: Suspicion | null,
  port: Sight | 'changing',
) {
  const event = record.event!;
  const where = `${event['network.transport'] ?? 'tcp'} ${endpoint(event['server.address'] ?? '', event['server.port']!)}`;
  const usually = USUALLY[port];
  const found =
    event['event.reason'] === 'at_start' ? 'was found listening when the agent started,' : 'began to listen';
  const who = programWords(event);
  return single(
    { rule: RULE, title: TITLE, level, techniques: suspicion ? ['T1571', 'T1059'] : ['T1571'] },
    record,
    known({
      'host.name': host,
      'server.port': String(event['server.port']),
      'process.name': programOf(event),
      'user.name': event['user.name'],
      'container.id': event['container.id'],
    }),
    `On ${host}, ${who} ${found} at ${where}. ${usually}` +
      `${suspicion ? ` It is ${suspicion.what}.` : ''} Next: if nobody installed a service just now, look at it with ` +
      `ss -lntup and ls -l /proc/${event['process.pid'] ?? 'PID'}/exe, and close the port in the firewall.`,
  );
}

const line = (fields: object) =>
  JSON.stringify({ event: 'listener_opened', 'network.transport': 'tcp', ...fields });
const AT = 1_768_000_000_000_000;
const DAY = 86_400_000_000;
const SSHD = {
  'event.reason': 'at_start',
  'server.address': '0.0.0.0',
  'server.port': 22,
  'process.name': 'sshd',
  'process.executable': '/usr/sbin/sshd',
};

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['low', 'medium', 'high'],
  techniques: ['T1571', 'T1059'],
  source: "the agent's look at /proc/net (listeners)",
  why: 'A port is open that was not before, or another program than usual stands behind it. High where that program is a shell, an interpreter, a netcat, or has its file in /tmp or /dev/shm or none at all.',
  falsePositives: ['A service that was just installed or moved to another port', 'A development server'],
  next: 'Ask who installed it; else find the process and its file, and close the port in the firewall.',
  keeps:
    '20,000 ports and programs of 1,000 nodes; what was not seen for longest is forgotten first. What is there at the first look is usual; for a day after it new listeners are of level low.',
  examples: {
    match: [
      {
        name: 'a netcat listens two days after the first look',
        format: 'tom-note',
        log: [
          line({ time_us: AT, ...SSHD }),
          line({
            time_us: AT + 2 * DAY,
            'server.address': '0.0.0.0',
            'server.port': 4444,
            'process.name': 'nc',
            'process.executable': '/usr/bin/nc.openbsd',
            'process.pid': 4711,
            'user.name': 'pi',
          }),
        ].join('\n'),
      },
      {
        name: 'another program than usual behind a known port',
        format: 'tom-note',
        log: [
          line({ time_us: AT, ...SSHD }),
          line({
            time_us: AT + 2 * DAY,
            'server.address': '::',
            'server.port': 22,
            'process.name': 'sshd',
            'process.executable': '/dev/shm/sshd',
          }),
        ].join('\n'),
      },
    ],
    ignore: [
      {
        name: 'the same service after a restart of its own and of the agent',
        format: 'tom-note',
        log: [
          line({ time_us: AT, ...SSHD }),
          line({ time_us: AT + 2 * DAY, ...SSHD, 'event.reason': undefined }),
          line({ time_us: AT + 3 * DAY, ...SSHD }),
        ].join('\n'),
      },
      {
        name: 'loopback only',
        format: 'tom-note',
        log: [
          line({ time_us: AT, ...SSHD }),
          line({
            time_us: AT + 2 * DAY,
            'server.address': '127.0.0.1',
            'server.port': 5432,
            'network.loopback': true,
            'process.name': 'postgres',
          }),
        ].join('\n'),
      },
    ],
  },
};
