import type { LogRecord } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import { BoundedMap } from '../bounded-map.ts';
import { isPrivate } from '../network.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type Story, type StoryShape } from '../stories/story.ts';
import { plural, spanOf } from '../wording.ts';

/** Monitoring of one's own connects every few seconds and says nothing. */
const PRIVATE_FACTOR = 10;
const CONNECTIONS = 4_096;

const FLOOD = {
  rule: 'ssh-preauth-flood',
  title: 'Many SSH connections that never log in',
  level: 'medium',
  techniques: ['T1595.001', 'T1499.002'],
} as const;

const BAD = {
  rule: 'ssh-bad-negotiation',
  title: 'SSH connections that do not speak SSH as a client does',
  level: 'medium',
  techniques: ['T1595.002'],
} as const;

const common = {
  levels: ['medium'],
  source: 'sshd (auth.log, journald)',
  keeps: STORIES_KEPT,
} as const;

const lines = (count: number, message: (i: number) => string) =>
  Array.from(
    { length: count },
    (_, i) => `Jan 10 03:0${Math.floor(i / 10)}:${10 + (i % 10)} node1 sshd[${600 + i}]: ${message(i)}`,
  ).join('\n');

const ABOUT: readonly RuleAbout[] = [
  {
    ...FLOOD,
    ...common,
    why: 'One address opens connections and drops them before it says who it is: a banner scan, or a flood that fills MaxStartups so that nobody gets in. From private addresses ten times as many are needed.',
    falsePositives: ['Monitoring from outside that checks port 22 more often than every half minute.'],
    next: 'If it is no monitoring of yours (detection.allow), block it; PerSourceMaxStartups limits it in sshd itself.',
    examples: {
      match: [
        {
          name: 'a banner scan',
          log: lines(20, (i) => `Did not receive identification string from 203.0.113.9 port ${44_000 + i}`),
        },
        {
          name: 'the same in the words of OpenSSH 8.5 and later, which name the address at the end only',
          log: lines(40, (i) =>
            i % 2 === 0
              ? 'error: kex_exchange_identification: Connection closed by remote host'
              : `Connection closed by 203.0.113.9 port ${44_000 + i}`,
          ).replaceAll(/sshd\[(\d+)]/g, (_, pid) => `sshd[${Number(pid) & ~1}]`),
        },
        {
          name: 'refused past MaxStartups',
          log: lines(
            20,
            (i) =>
              `drop connection #${10 + i} from [203.0.113.9]:${44_000 + i} on [192.0.2.1]:22 past MaxStartups`,
          ),
        },
      ],
      ignore: [
        {
          name: 'a monitor of one’s own, every ten seconds',
          log: lines(40, (i) => `Connection closed by 192.168.1.5 port ${44_000 + i} [preauth]`),
        },
      ],
    },
  },
  {
    ...BAD,
    ...common,
    why: 'One address sends other protocols to SSH, or offers only key exchanges that nobody has any more: scanners and old attack tools do.',
    falsePositives: [
      'A device of ten years ago that tries again and again; from private addresses fifty such connections in ten minutes are needed.',
    ],
    next: 'Block the address; if it is a device of yours, update it rather than allowing old algorithms.',
    examples: {
      match: [
        {
          name: 'key exchanges of old',
          log: lines(
            5,
            (i) =>
              `Unable to negotiate with 203.0.113.9 port ${44_000 + i}: no matching key exchange method found. Their offer: diffie-hellman-group1-sha1 [preauth]`,
          ),
        },
        {
          name: 'HTTP on the SSH port',
          log: lines(
            5,
            (i) => `banner exchange: Connection from 203.0.113.9 port ${44_000 + i}: invalid format`,
          ),
        },
      ],
      ignore: [
        {
          name: 'one old device that tries twice',
          log: lines(
            2,
            (i) =>
              `Unable to negotiate with 192.0.2.7 port ${44_000 + i}: no matching host key type found. Their offer: ssh-rsa [preauth]`,
          ),
        },
      ],
    },
  },
];

export interface PreauthOptions {
  /** Connections that end before they say who they are. */
  readonly connections: number;
  /** Connections that do not speak SSH properly. */
  readonly malformed: number;
  readonly windowMs: number;
  readonly allow: AllowList;
}

/** What happens before anybody says who they are: floods, banner scans, other protocols, failed key exchanges. */
export function preauth(options: PreauthOptions): Detector {
  const windowUs = options.windowMs * 1000;
  const flood = pair(
    FLOOD,
    options.connections,
    windowUs,
    (address, story) =>
      `${address} opened ${plural(story.total, 'connection')} to SSH within ${spanOf(story.lastUs - story.firstUs)} and never said who it is. ` +
      'Clients log in, or try to. Next: block it at the firewall unless it is monitoring of yours; PerSourceMaxStartups limits it in sshd.',
  );
  const bad = pair(
    BAD,
    options.malformed,
    windowUs,
    (address, story) =>
      `${plural(story.total, 'connection')} from ${address} within ${spanOf(story.lastUs - story.firstUs)} did not speak SSH as ` +
      'clients do (another protocol, or only outdated key exchanges). Next: block it; update the device if it is yours.',
  );
  /** Connections whose client said who it is: what ends them is no pre-auth matter. */
  const named = new BoundedMap<1>(CONNECTIONS);
  /** Connections that broke off before they spoke, whose address only the line that ends them tells. */
  const mute = new BoundedMap<1>(CONNECTIONS);
  let latest = { pid: -1, host: '' };

  /** Several lines in a row are of one connection. */
  function name(record: LogRecord): void {
    const { 'process.pid': pid = -1, 'host.name': host = '' } = record.event!;
    if (pid === latest.pid && host === latest.host) return;
    latest = { pid, host };
    named.set(connectionOf(record), 1);
  }

  function endsMute(record: LogRecord): boolean {
    const connection = connectionOf(record);
    if (mute.peek(connection) === undefined) return false;
    mute.delete(connection);
    return true;
  }

  return {
    rule: FLOOD.rule,
    about: ABOUT,
    wants: ['ssh_negotiation', 'ssh_disconnect', 'ssh_limit', 'ssh_login', 'ssh_invalid_user'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const action = event['event.action'];
      if (action === 'ssh_login' || action === 'ssh_invalid_user') {
        if (event['event.outcome'] !== 'success') name(record);
        return;
      }
      const address = event['source.address'];
      const connection = connectionOf(record);
      if (!address && action === 'ssh_negotiation') mute.set(connection, 1);
      if (!address || event['user.name'] || options.allow.has(address)) return;
      const kind = kindOf(record) ?? (endsMute(record) ? 'flood' : null);
      if (kind === null || named.peek(connection) !== undefined) return;
      const stories = kind === 'bad' ? bad : flood;
      const what = action === 'ssh_limit' ? `:${event['source.port'] ?? record.id}` : connection;
      stories[isPrivate(address) ? 'private' : 'public'].add(address, record, what, 1, report);
    },
    snapshot: () => ({
      named: [...named.entries()].map(([key]) => key),
      mute: [...mute.entries()].map(([key]) => key),
      flood: [flood.public.snapshot(), flood.private.snapshot()],
      bad: [bad.public.snapshot(), bad.private.snapshot()],
    }),
    restore(state) {
      const saved = (state ?? {}) as {
        named?: string[];
        mute?: string[];
        flood?: unknown[];
        bad?: unknown[];
      };
      named.restore((saved.named ?? []).map((key) => [key, 1]));
      mute.restore((saved.mute ?? []).map((key) => [key, 1]));
      flood.public.restore(saved.flood?.[0]);
      flood.private.restore(saved.flood?.[1]);
      bad.public.restore(saved.bad?.[0]);
      bad.private.restore(saved.bad?.[1]);
    },
  };
}

type Pair = Readonly<Record<'public' | 'private', Stories>>;

function pair(
  shape: typeof FLOOD | typeof BAD,
  threshold: number,
  windowUs: number,
  reason: (address: string, story: Story) => string,
): Pair {
  const whole: StoryShape = {
    ...shape,
    threshold,
    windowUs,
    distinct: true,
    entities: (address, story) => ({ 'source.address': address, 'host.name': story.evidence[0]!.host }),
    reason,
  };
  return {
    public: new Stories(whole),
    private: new Stories({ ...whole, threshold: threshold * PRIVATE_FACTOR }),
  };
}

function connectionOf(record: LogRecord): string {
  const event = record.event!;
  return `${event['host.name'] ?? record.origin.host}\0${event['process.pid'] ?? record.id}`;
}

/** Nothing said, or said wrongly; null for what is neither. */
function kindOf(record: LogRecord): 'flood' | 'bad' | null {
  const event = record.event!;
  const reason = event['event.reason'];
  switch (event['event.action']) {
    case 'ssh_negotiation':
      return reason === 'no_identification' || reason === 'socket_error' ? 'flood' : 'bad';
    case 'ssh_disconnect':
      return reason === 'login_grace_time' || record.raw.includes('[preauth]') ? 'flood' : null;
    case 'ssh_limit':
      return reason === 'max_startups' || reason?.startsWith('penalty') ? 'flood' : null;
    default:
      return null;
  }
}
