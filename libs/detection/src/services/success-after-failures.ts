import type { RuleAbout } from '../about.ts';
import type { KnownLogins } from '../known-logins.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { countOnly, noReport, STORIES_KEPT, Stories, type Story } from '../stories/story.ts';
import { plural, quoteName, spanOf } from '../wording.ts';
import { keyOf, type ServiceLogin, serviceLogin } from './login.ts';

const SHAPE = {
  rule: 'service-success-after-failures',
  title: 'Login to a service after many failures',
  level: 'high',
  techniques: ['T1110', 'T1078'],
} as const;
const LINES = 10;

const failed = (i: number) =>
  `Jan 10 03:0${i}:07 node1 vaultwarden[1]: Username or password is incorrect. Try again. IP: 203.0.113.9. Username: anna@example.org.`;
const letIn =
  'Jan 10 03:09:07 node1 vaultwarden[1]: User anna@example.org logged in successfully. IP: 203.0.113.9';

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['low', 'high'],
  source: 'mail, FTP, database, VPN and web applications that log their logins',
  why: 'An address that failed as often as an attacker does was let in to the service. Level low where it was let in as this account before and failed as no other: an old password that was renewed.',
  falsePositives: ['Somebody in a new place who truly tried five wrong passwords before the right one.'],
  next: 'Ask the person; if it was not them, change the password, end all sessions of the account, and see what it was used for.',
  keeps: STORIES_KEPT,
  examples: {
    match: [{ name: 'five failures, then a login', log: [...[0, 1, 2, 3, 4].map(failed), letIn].join('\n') }],
    ignore: [{ name: 'two slips, then a login', log: [failed(0), failed(1), letIn].join('\n') }],
  },
};

/** Failures as many as an attacker makes, then a success, from one address to one service. */
export function serviceSuccessAfterFailures(options: {
  failures: number;
  windowMs: number;
  known: KnownLogins;
}): Detector {
  const windowUs = options.windowMs * 1000;
  const failures = new Stories(countOnly(SHAPE.rule, windowUs, options.failures));
  function succeeded(login: ServiceLogin, record: Observation['record'], report: Report): void {
    const key = keyOf(login.service, login.address);
    const story = failures.peek(key);
    failures.delete(key);
    if (!story || story.total < options.failures || record.timeUs - story.lastUs > windowUs) return;
    const isOwn =
      options.known.has(login.user, login.address) &&
      story.moreNames === 0 &&
      story.names.every((name) => name === login.user);
    report(
      single(
        isOwn ? { ...SHAPE, level: 'low' } : SHAPE,
        record,
        known({
          'source.address': login.address,
          'user.name': login.user,
          'service.name': login.service,
          'host.name': login.host,
        }),
        reasonOf(login, story, isOwn),
        story.evidence.slice(0, LINES),
      ),
    );
  }

  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['service_login'],
    observe({ record }: Observation, report: Report) {
      const login = serviceLogin(record);
      if (login === null) return;
      if (login.outcome === 'success') succeeded(login, record, report);
      else failures.add(keyOf(login.service, login.address), record, login.user, login.count, noReport);
    },
    snapshot: () => failures.snapshot(),
    restore: (state) => failures.restore(state),
  };
}

function reasonOf(login: ServiceLogin, story: Story, isOwn: boolean): string {
  const what =
    `${login.address} failed ${plural(story.total, 'time')} over ${spanOf(story.lastUs - story.firstUs)}, then logged in to ` +
    `${quoteName(login.service)}${login.user === '' ? '' : ` as ${quoteName(login.user)}`}. `;
  return isOwn
    ? `${what}The account was let in from there before and no other was tried: an old password that was renewed, most likely. Next: ask the person if in doubt.`
    : `${what}If that was not its owner, somebody knows the password. Next: change it, end all sessions of the account, and see what it was used for.`;
}
