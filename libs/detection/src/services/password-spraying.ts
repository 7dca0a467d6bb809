import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { type SprayingOptions, sprayingShape } from '../spraying.ts';
import { STORIES_KEPT, Stories } from '../stories/story.ts';
import { serviceLogin } from './login.ts';

const SHAPE = {
  rule: 'service-password-spraying',
  title: 'Password spraying on services',
  level: 'medium',
  techniques: ['T1110.003', 'T1110.004'],
} as const;

const mails = (users: readonly string[]) =>
  users
    .map(
      (user, i) =>
        `Jan 10 0${3 + i}:10:07 node1 dovecot: imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<${user}>, method=PLAIN, rip=203.0.113.9, lip=192.0.2.1, TLS, session=<a${i}>`,
    )
    .join('\n');

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium'],
  source: 'mail, FTP, database, VPN and web applications that log their logins',
  why: 'One address tries many accounts a few times each, over hours, on whichever service: leaked passwords, or the same few for everybody.',
  falsePositives: [
    'A gateway of your own behind which all clients have one address: put it into detection.allow.',
  ],
  next: 'Check that no login from the address succeeded, and block it; ask for second factors.',
  keeps: STORIES_KEPT,
  examples: {
    match: [{ name: 'five mailboxes in five hours', log: mails(['anna', 'jo', 'maria', 'sven', 'info']) }],
    ignore: [{ name: 'two people of one household', log: mails(['anna', 'jo', 'anna', 'jo', 'anna']) }],
  },
};

/** One address tries many accounts of services a few times each. */
export function serviceSpraying(options: SprayingOptions): Detector {
  const stories = new Stories(sprayingShape(SHAPE, options, 'accounts'));
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['service_login'],
    observe({ record }: Observation, report: Report) {
      const login = serviceLogin(record);
      if (login?.outcome !== 'failure' || login.user === '' || options.allow.has(login.address)) return;
      if (options.known.has(login.user, login.address)) return;
      stories.add(login.address, record, login.user, login.count, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}
