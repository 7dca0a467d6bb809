import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type StoryShape } from '../stories/story.ts';
import { listNames, plural, quoteName, spanOf } from '../wording.ts';
import type { ServiceOptions } from './brute-force-address.ts';
import { keyOf, partsOf, serviceLogin } from './login.ts';

const ADDRESSES = 4;

const SHAPE = {
  rule: 'service-brute-force-account',
  title: 'Distributed brute force on an account of a service',
  level: 'medium',
  techniques: ['T1110.001'],
} as const;

const tries = (addresses: number) =>
  Array.from(
    { length: addresses },
    (_, i) =>
      `Jan 10 03:0${i}:07 node1 dovecot: imap-login: Disconnected (auth failed, 3 attempts in 9 secs): user=<anna>, method=PLAIN, rip=198.51.100.${i + 1}, lip=192.0.2.1, TLS, session=<a${i}>`,
  ).join('\n');

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium'],
  source: 'mail, FTP, database, VPN and web applications that log their logins',
  why: 'One account of a service is tried from four addresses and more, over hours; none of them need be loud by itself. Addresses that were let in as this account before do not count.',
  falsePositives: ['All devices of one person on the road with the password that was changed at home.'],
  next: 'Make sure that the password is a good one and used nowhere else; switch on the second factor.',
  keeps: STORIES_KEPT,
  examples: {
    match: [{ name: 'five addresses, three tries each', log: tries(5) }],
    ignore: [{ name: 'two addresses', log: tries(2) }],
  },
};

/** One account of one service is tried from several addresses. */
export function serviceBruteForceAccount(options: ServiceOptions): Detector {
  const shape: StoryShape = {
    ...SHAPE,
    threshold: options.failures,
    windowUs: options.windowMs * 1000,
    holds: (story) => story.names.length >= ADDRESSES,
    entities: (key, story) => ({
      'user.name': partsOf(key).rest,
      'service.name': partsOf(key).service,
      'host.name': story.evidence[0]!.host,
    }),
    reason: (key, story) =>
      `Account ${quoteName(partsOf(key).rest)} of ${quoteName(partsOf(key).service)} was tried ${plural(story.total, 'time')} within ` +
      `${spanOf(story.lastUs - story.firstUs)} from ${story.names.length + story.moreNames} addresses (${listNames(story)}), none of which was ` +
      'let in before. Next: make sure that its password is good and used nowhere else; switch on the second factor.',
  };
  const stories = new Stories(shape);
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['service_login'],
    observe({ record }: Observation, report: Report) {
      const login = serviceLogin(record);
      if (login?.outcome !== 'failure' || login.user === '' || options.allow.has(login.address)) return;
      if (options.known.has(login.user, login.address)) return;
      stories.add(keyOf(login.service, login.user), record, login.address, login.count, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}
