import type { RuleAbout } from '../about.ts';
import type { KnownLogins } from '../known-logins.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { single } from '../single.ts';
import { countOnly, noReport, STORIES_KEPT, Stories } from '../stories/story.ts';
import { plural, quoteName, spanOf } from '../wording.ts';

const SHAPE = {
  rule: 'ssh-success-after-failures',
  title: 'SSH login after many failures',
  level: 'critical',
  techniques: ['T1110', 'T1078'],
} as const;
const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['low', 'critical'],
  source: 'sshd (auth.log, journald)',
  why: 'An address that failed as often as an attacker does was let in: the guess was right. Told for allow-listed addresses too, since a success is never muted. Level low where the account was let in from there before and no other was tried: a person at home who mistyped.',
  falsePositives: ['Somebody who truly tried five wrong passwords before the right one.'],
  next: 'End the session, change the password, read what the session did, and allow keys only.',
  keeps: STORIES_KEPT,
  examples: {
    match: [
      {
        name: 'six failures, then a login',
        log: `Jan 10 03:00:01 node1 sshd[101]: Failed password for pi from 203.0.113.9 port 40001 ssh2
Jan 10 03:00:03 node1 sshd[102]: Failed password for pi from 203.0.113.9 port 40002 ssh2
Jan 10 03:00:05 node1 sshd[103]: Failed password for pi from 203.0.113.9 port 40003 ssh2
Jan 10 03:00:07 node1 sshd[104]: Failed password for pi from 203.0.113.9 port 40004 ssh2
Jan 10 03:00:09 node1 sshd[105]: Failed password for pi from 203.0.113.9 port 40005 ssh2
Jan 10 03:00:11 node1 sshd[106]: Failed password for pi from 203.0.113.9 port 40006 ssh2
Jan 10 03:00:14 node1 sshd[107]: Accepted password for pi from 203.0.113.9 port 40007 ssh2`,
      },
    ],
    ignore: [
      {
        name: 'two wrong passwords, then a login',
        log: `Jan 10 09:00:01 node1 sshd[101]: Failed password for anna from 192.0.2.7 port 40001 ssh2
Jan 10 09:00:05 node1 sshd[101]: Failed password for anna from 192.0.2.7 port 40001 ssh2
Jan 10 09:00:12 node1 sshd[101]: Accepted password for anna from 192.0.2.7 port 40001 ssh2`,
      },
    ],
  },
};
const LINES = 10;

/**
 * An address that failed as often as an attacker does is let in: the break-in itself. Allow-listed addresses are
 * reported too, since a success is never muted. Somebody who mistypes a few times stays below the threshold.
 */
export function successAfterFailures(options: {
  failures: number;
  windowMs: number;
  known: KnownLogins;
}): Detector {
  const windowUs = options.windowMs * 1000;
  const failures = new Stories(countOnly(SHAPE.rule, windowUs, options.failures));

  function succeeded({ record, attempt }: Observation, report: Report): void {
    const before = failures.peek(attempt!.address);
    if (!before) return;
    failures.delete(attempt!.address);
    if (before.total < options.failures || record.timeUs - before.lastUs > windowUs) return;
    const entities = {
      'source.address': attempt!.address,
      'user.name': attempt!.user,
      'host.name': attempt!.host,
    };
    const isOwn =
      options.known.has(attempt!.user, attempt!.address) &&
      before.moreNames === 0 &&
      before.names.every((name) => name === attempt!.user);
    const reason =
      `${attempt!.address}${isOwn ? ', where the account is at home,' : ''} failed ${plural(before.total, 'time')} over ${spanOf(before.lastUs - before.firstUs)}, ` +
      `then logged in as ${quoteName(attempt!.user)} on ${attempt!.host}${attempt!.method ? ` by ${attempt!.method}` : ''}. ` +
      'If that was not you: the password is known to somebody. Next: end the session, change the password, ' +
      'read what the session did (search for the user), and allow keys only.';
    report(
      single(
        isOwn ? { ...SHAPE, level: 'low' } : SHAPE,
        record,
        entities,
        reason,
        before.evidence.slice(0, LINES),
      ),
    );
  }

  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: 'attempt',
    observe(seen: Observation, report: Report) {
      const { record, attempt } = seen;
      if (!attempt || attempt.address === '') return;
      if (attempt.outcome === 'success') succeeded(seen, report);
      else failures.add(attempt.address, record, attempt.user, attempt.count, noReport);
    },
    snapshot: () => failures.snapshot(),
    restore: (state) => failures.restore(state),
  };
}
