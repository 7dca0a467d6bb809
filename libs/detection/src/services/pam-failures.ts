import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import { BoundedMap } from '../bounded-map.ts';
import { isPrivate } from '../network.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type Story, type StoryShape } from '../stories/story.ts';
import { listNames, plural, quoteName, spanOf } from '../wording.ts';
import { keyOf, partsOf, serviceLogin } from './login.ts';

const SPEAKERS = 10_000;
/** It writes lines of its own about each attempt, which are counted elsewhere. */
const SPEAKS_ALWAYS = new Set(['sshd', 'ssh', 'sshd-session']);

const SHAPE = {
  rule: 'pam-failures',
  title: 'Passwords are tried on a service that only PAM speaks of',
  level: 'medium',
  techniques: ['T1110.001'],
} as const;

const line = (i: number, service: string, from: string) =>
  `Jan 10 03:00:${String(i * 5).padStart(2, '0')} node1 ${service}[${700 + i}]: pam_unix(${service}:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=${from}  user=root`;
const many = (count: number, service: string, from = '203.0.113.9') =>
  Array.from({ length: count }, (_, i) => line(i, service, from)).join('\n');

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['low', 'medium'],
  source:
    'PAM and password back ends (auth.log, journald), of services that write nothing themselves: Cockpit, vsftpd, Dovecot’s auth, …',
  why: 'PAM refused one address again and again within minutes, for a service whose own lines are not in the logs. Where the service speaks for itself, its lines are counted instead.',
  falsePositives: [
    'A device with an old password: told at level low from the own network while it is one account.',
  ],
  next: 'Check that no login from the address succeeded, and block it.',
  keeps: `${STORIES_KEPT} 10,000 addresses that services spoke of themselves.`,
  examples: {
    match: [{ name: 'Cockpit', log: many(6, 'cockpit') }],
    ignore: [
      { name: 'two slips', log: many(2, 'cockpit') },
      { name: 'sshd, which has lines of its own', log: many(8, 'sshd') },
    ],
  },
};

/** PAM refuses one remote address again and again, where no line of the service itself tells. ATT&CK T1110.001. */
export function pamFailures(options: { failures: number; windowMs: number; allow: AllowList }): Detector {
  /** Addresses whose failures a service told of itself. */
  const speakers = new BoundedMap<1>(SPEAKERS);
  const shape: StoryShape = {
    ...SHAPE,
    level: (key, story) =>
      isPrivate(partsOf(key).rest) && story.names.length <= 1 && story.moreNames === 0 ? 'low' : 'medium',
    threshold: options.failures,
    windowUs: options.windowMs * 1000,
    holds: (_, key) => speakers.peek(partsOf(key).rest) === undefined,
    entities: (key, story) => ({
      'source.address': partsOf(key).rest,
      ...(story.names.length === 1 && story.moreNames === 0 ? { 'user.name': story.names[0]! } : {}),
      'service.name': partsOf(key).service,
      'host.name': story.evidence[0]!.host,
    }),
    reason: (key, story: Story) =>
      `PAM refused ${partsOf(key).rest} for ${quoteName(partsOf(key).service)} ${plural(story.total, 'time')} within ` +
      `${spanOf(story.lastUs - story.firstUs)}${story.names.length > 0 ? ` (accounts: ${listNames(story)})` : ''}. People stop after a few. ` +
      `Next: ${ABOUT.next}`,
  };
  const stories = new Stories(shape);
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['pam_auth', 'service_login'],
    observe({ record }: Observation, report: Report) {
      const login = serviceLogin(record);
      if (login?.outcome !== 'failure' || options.allow.has(login.address)) return;
      const key = keyOf(login.service, login.address);
      if (record.event!['event.action'] === 'service_login') speakers.set(login.address, 1);
      else if (!SPEAKS_ALWAYS.has(login.service)) {
        const user = login.user || (record.event!['source.user.name'] ?? '');
        stories.add(key, record, user, login.count, report);
      }
    },
    snapshot: () => ({ stories: stories.snapshot(), speakers: speakers.snapshot() }),
    restore(state) {
      const saved = (state ?? {}) as Record<string, unknown>;
      stories.restore(saved.stories);
      speakers.restore(saved.speakers);
    },
  };
}
