import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';

const SHAPE = {
  rule: 'user-added',
  title: 'New account',
  level: 'medium',
  techniques: ['T1136.001'],
} as const;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium', 'critical'],
  source: 'useradd, newusers, adduser (auth.log, journald)',
  why: 'An account was made. Critical with user id 0, which is root under another name.',
  falsePositives: ['Packages make an account of their own when they are installed.'],
  next: 'Check that you know why; remove it with userdel if nobody does.',
  examples: {
    match: [
      {
        name: 'a new person',
        log: 'Jan 10 09:00:01 node1 useradd[101]: new user: name=mallory, UID=1001, GID=1001, home=/home/mallory, shell=/bin/bash, from=/dev/pts/0',
      },
      {
        name: 'a second root',
        log: 'Jan 10 09:00:01 node1 useradd[101]: new user: name=toor, UID=0, GID=0, home=/root, shell=/bin/bash',
      },
    ],
    ignore: [
      {
        name: 'useradd failed',
        log: "Jan 10 09:00:01 node1 useradd[101]: failed adding user 'mallory', data deleted",
      },
      { name: 'a new group', log: 'Jan 10 09:00:01 node1 groupadd[101]: new group: name=mallory, GID=1001' },
    ],
  },
};

/** An account was made; one with user id 0 is a second root. ATT&CK T1136.001. */
export function userAdded(): Detector {
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['user_added'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      if (event['event.outcome'] === 'failure') return;
      const host = event['host.name'] ?? record.origin.host;
      const user = event['user.name'] ?? '';
      const second = event['user.id'] === 0 && user !== 'root';
      report(
        single(
          second ? { ...SHAPE, level: 'critical', title: 'New account with the rights of root' } : SHAPE,
          record,
          known({ 'user.name': user, 'host.name': host }),
          second
            ? `Account ${quoteName(user)} was made on ${host} with user id 0: it is root under another name. ` +
                'Next: remove it (userdel) and find out who made it.'
            : `Account ${quoteName(user)} was made on ${host}. Packages make accounts when they are installed; ` +
                'people and intruders do otherwise. Next: check that you know why.',
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}
