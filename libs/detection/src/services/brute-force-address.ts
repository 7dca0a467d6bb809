import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import type { KnownLogins } from '../known-logins.ts';
import { isPrivate } from '../network.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { isBurst } from '../ssh/brute-force-address.ts';
import { STORIES_KEPT, Stories, type Story, type StoryShape } from '../stories/story.ts';
import { listNames, plural, quoteName, spanOf } from '../wording.ts';
import { keyOf, partsOf, serviceLogin } from './login.ts';

/** A telephone on the own network with an old password fails about so often before somebody sees it. */
const STALE_FAILURES = 50;

export interface ServiceOptions {
  readonly failures: number;
  readonly windowMs: number;
  readonly allow: AllowList;
  readonly known: KnownLogins;
  readonly fast?: { readonly failures: number; readonly windowMs: number };
}

const ABOUT: Omit<RuleAbout, 'rule' | 'title' | 'why' | 'examples'> = {
  levels: ['low', 'medium'],
  techniques: ['T1110.001'],
  source: 'mail, FTP, database, VPN and web applications that log their logins',
  falsePositives: [
    'A telephone or client with an old password: told at level low where the same account was let in from there before, or from the own network while it is one account.',
  ],
  next: 'Check that no login from the address succeeded, and block it; if the address is a gateway of your own, look for the true one in the proxy’s log.',
  keeps: STORIES_KEPT,
};

const bitwarden = (i: number, minute: number, user = 'anna@example.org') =>
  `Jan 10 ${String(3 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:0${i % 10} node1 vaultwarden[1]: Username or password is incorrect. Try again. IP: 203.0.113.9. Username: ${user}.`;
const several = (count: number, minutesApart: number) =>
  Array.from({ length: count }, (_, i) => bitwarden(i, i * minutesApart)).join('\n');

const ABOUT_FAST: RuleAbout = {
  ...ABOUT,
  rule: 'service-brute-force-address',
  title: 'Brute force on a service from one address',
  why: 'One address fails to log in to a service again and again within minutes.',
  examples: {
    match: [
      { name: 'five wrong passwords on Vaultwarden', log: several(5, 1) },
      {
        name: 'Dovecot sums up three attempts and two',
        log: `Jan 10 03:00:01 node1 dovecot: imap-login: Disconnected: Connection closed (auth failed, 3 attempts in 17 secs): user=<bob>, method=LOGIN, rip=203.0.113.9, lip=192.0.2.1, TLS, session=<a>
Jan 10 03:00:41 node1 dovecot: imap-login: Disconnected: Connection closed (auth failed, 2 attempts in 9 secs): user=<bob>, method=LOGIN, rip=203.0.113.9, lip=192.0.2.1, TLS, session=<b>`,
      },
    ],
    ignore: [{ name: 'three slips', log: several(3, 1) }],
  },
};

const ABOUT_SLOW: RuleAbout = {
  ...ABOUT,
  rule: 'service-brute-force-address-slow',
  title: 'Slow brute force on a service from one address',
  why: 'One address fails to log in to a service over hours, slowly enough to stay below what bans.',
  examples: {
    match: [{ name: 'a failure every 20 minutes', log: several(15, 20) }],
    ignore: [{ name: 'a failure every two hours', log: several(8, 120) }],
  },
};

/** One address fails to log in to one service again and again. ATT&CK T1110.001. */
export function serviceBruteForceAddress(options: ServiceOptions, pace: 'fast' | 'slow'): Detector {
  const about = pace === 'slow' ? ABOUT_SLOW : ABOUT_FAST;
  const shape: StoryShape = {
    rule: about.rule,
    title: about.title,
    level: (key, story) => (isStale(partsOf(key).rest, story, options.known) ? 'low' : 'medium'),
    techniques: about.techniques,
    threshold: options.failures,
    windowUs: options.windowMs * 1000,
    keepsCounts: true,
    holds: (story) => !isBurst(story, options),
    entities: (key, story) => ({
      'source.address': partsOf(key).rest,
      ...(story.names.length === 1 && story.moreNames === 0 ? { 'user.name': story.names[0]! } : {}),
      'service.name': partsOf(key).service,
      'host.name': story.evidence[0]!.host,
    }),
    reason: (key, story) => reasonOf(key, story, options.known),
  };
  const stories = new Stories(shape);
  return {
    rule: shape.rule,
    about: [about],
    wants: ['service_login'],
    observe({ record }: Observation, report: Report) {
      const login = serviceLogin(record);
      if (login?.outcome !== 'failure' || options.allow.has(login.address)) return;
      stories.add(keyOf(login.service, login.address), record, login.user, login.count, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}

function isStale(address: string, story: Story, known: KnownLogins): boolean {
  if (story.names.length === 0 || story.moreNames > 0) return false;
  if (story.names.every((user) => known.has(user, address))) return true;
  return story.names.length === 1 && isPrivate(address) && story.total < STALE_FAILURES;
}

function reasonOf(key: string, story: Story, known: KnownLogins): string {
  const { service, rest: address } = partsOf(key);
  const began =
    `${address} failed to log in to ${quoteName(service)} ${plural(story.total, 'time')} within ${spanOf(story.lastUs - story.firstUs)}` +
    `${story.names.length > 0 ? ` (accounts: ${listNames(story)})` : ''}. `;
  if (isStale(address, story, known))
    return `${began}The account is at home there: this looks like a device with an old password. Next: renew the password on the device.`;
  const gateway = isPrivate(address)
    ? 'The address is private: if it is a gateway or proxy of your own, the true one stands in its log. '
    : '';
  return `${began}People stop after a few. ${gateway}Next: check that no login from this address succeeded, and block it.`;
}
