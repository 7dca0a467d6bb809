import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known } from '../single.ts';
import { STORIES_KEPT, Stories, type StoryShape } from '../stories/story.ts';
import { listNames, plural, quoteName } from '../wording.ts';
import { endpoint } from './address-scope.ts';
import type { Destinations } from './destinations.ts';
import { suspicionOf } from './program.ts';

const RULE = 'network-new-destination';
const TITLE = 'Connection to a new destination';
const WINDOW_US = 24 * 3_600e6;
/** Shells at destinations that were told of. */
const TOLD = 5_000;

/**
 * A program of a node makes connections to an address on the internet that it never made any to. One story per node and
 * program; level low, high where a shell or its like has the connection, then also inside the own network.
 */
export function newDestination(destinations: Destinations): Detector {
  const stories = new Stories(SHAPE);
  const told = new BoundedMap<1>(TOLD);
  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['connection_opened'],
    observe({ record }: Observation, report: Report) {
      const out = destinations.of(record);
      if (out === null) return;
      const event = record.event!;
      const suspicion = suspicionOf(event);
      const name = endpoint(out.address, out.port);
      if (suspicion?.strong) {
        const key = [out.host, out.program, 'strong', suspicion.what].join('\0');
        const isShellOnWire = event['process.stdio'] === true;
        if (!isShellOnWire && told.get(`${key}\0${name}`) !== undefined) return;
        told.set(`${key}\0${name}`, 1);
        stories.add(key, record, name, 1, report);
      } else if (out.isNew && out.isExternal) {
        stories.add(
          [out.host, out.program, 'plain', suspicion?.what ?? ''].join('\0'),
          record,
          name,
          1,
          report,
        );
      }
    },
    snapshot: () => ({
      destinations: destinations.snapshot(),
      stories: stories.snapshot(),
      told: told.snapshot(),
    }),
    restore(state) {
      const parts = (state ?? {}) as Record<string, unknown>;
      destinations.restore(parts.destinations);
      stories.restore(parts.stories);
      told.restore(parts.told);
    },
  };
}

const isStrong = (key: string) => key.split('\0')[2] === 'strong';

const SHAPE: StoryShape = {
  rule: RULE,
  title: TITLE,
  level: (key) => (isStrong(key) ? 'high' : 'low'),
  techniques: ['T1071', 'T1095'],
  threshold: 1,
  windowUs: WINDOW_US,
  distinct: true,
  entities(key, story) {
    const [host, program] = key.split('\0');
    const first = story.names[0] ?? '';
    const address = first.startsWith('[') ? first.slice(1, first.indexOf(']')) : first.split(':')[0];
    return known({ 'host.name': host, 'process.name': program, 'destination.address': address });
  },
  reason(key, story) {
    const [host = '', program = '', , what = ''] = key.split('\0');
    const who = program === '' ? 'A program that the agent could not name' : quoteName(program);
    const count = story.names.length + story.moreNames;
    const where = count === 1 ? listNames(story) : `${plural(count, 'new destination')}: ${listNames(story)}`;
    const nature = what === '' ? '' : ` It is ${what}.`;
    const next = isStrong(key)
      ? `Next: look at the process and its parents now (ps -ef --forest on ${host}); if nobody started it on purpose, cut the node off and keep it running for evidence.`
      : 'Next: nothing by itself; look here when something else about this node is odd.';
    return `On ${host}, ${who} has made connections to ${where}, where it never made any before.${nature} ${next}`;
  },
};

const line = (fields: object) =>
  JSON.stringify({
    event: 'connection_opened',
    'network.transport': 'tcp',
    'network.direction': 'outbound',
    'source.address': '10.0.0.11',
    ...fields,
  });
const AT = 1_768_000_000_000_000;
const DAY = 86_400_000_000;
const UPDATES = {
  'destination.address': '198.51.100.7',
  'destination.port': 443,
  'process.name': 'hass',
  'process.executable': '/usr/bin/hass',
};

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['low', 'high'],
  techniques: ['T1071', 'T1095'],
  source: "the agent's look at /proc/net (connections)",
  why: 'A program talks to an address that it never talked to. By itself that is a fact worth a line; a shell with a connection of its own is what a reverse shell looks like.',
  falsePositives: [
    'Programs whose servers change addresses; one that was at 20 addresses of a port is not told of again',
    'Scripts that use a shell’s /dev/tcp, or netcat, to see whether a port is open',
  ],
  next: 'For a shell: look at the process and its parents at once. Otherwise nothing by itself.',
  keeps: `40,000 destinations by node, program and port, unseen longest forgotten first; a day of learning for each node. ${STORIES_KEPT}`,
  examples: {
    match: [
      {
        name: 'a shell with a connection as its standard input',
        format: 'tom-note',
        log: line({
          time_us: AT,
          'destination.address': '203.0.113.66',
          'destination.port': 4444,
          'process.name': 'bash',
          'process.executable': '/usr/bin/bash',
          'process.stdio': true,
        }),
      },
      {
        name: 'a program at a new address after the day of learning',
        format: 'tom-note',
        log: [
          line({ time_us: AT, ...UPDATES }),
          line({ time_us: AT + 2 * DAY, ...UPDATES, 'destination.address': '203.0.113.66' }),
        ].join('\n'),
      },
    ],
    ignore: [
      {
        name: 'the usual destination, and a new one inside the own network',
        format: 'tom-note',
        log: [
          line({ time_us: AT, ...UPDATES }),
          line({ time_us: AT + 2 * DAY, ...UPDATES }),
          line({ time_us: AT + 2 * DAY, ...UPDATES, 'destination.address': '10.0.0.12' }),
        ].join('\n'),
      },
      {
        name: 'a client of this node',
        format: 'tom-note',
        log: line({
          time_us: AT,
          'network.direction': 'inbound',
          'destination.address': '203.0.113.66',
          'destination.port': 22,
          'process.name': 'bash',
        }),
      },
    ],
  },
};
