import type { Event } from '@suite/event';
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
  levels: ['low', 'medium', 'critical'],
  source: 'useradd, newusers, adduser (auth.log, journald)',
  why: 'An account was made. Critical with user id 0, which is root under another name; low where nobody can log in with it (a system account whose shell is nologin or false), as packages make them.',
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
      const kind = kindOf(event);
      report(
        single(
          { ...SHAPE, ...KINDS[kind] },
          record,
          known({ 'user.name': user, 'host.name': host }),
          reasonOf(kind, quoteName(user), host),
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}

type Kind = 'root' | 'system' | 'person';

const KINDS = {
  root: { level: 'critical', title: 'New account with the rights of root' },
  system: { level: 'low' },
  person: {},
} as const;

const NO_LOGIN = /\bshell=\S*\/(?:nologin|false)\b/;
/** Debian and Red Hat number people from here on. */
const FIRST_PERSON = 1_000;

function kindOf(event: Event): Kind {
  const id = event['user.id'];
  if (id === 0 && event['user.name'] !== 'root') return 'root';
  const cannotLogIn = NO_LOGIN.test(event.message ?? '');
  return typeof id === 'number' && id > 0 && id < FIRST_PERSON && cannotLogIn ? 'system' : 'person';
}

function reasonOf(kind: Kind, user: string, host: string): string {
  switch (kind) {
    case 'root':
      return `Account ${user} was made on ${host} with user id 0: it is root under another name. Next: remove it (userdel) and find out who made it.`;
    case 'system':
      return `Account ${user} was made on ${host}; nobody can log in with it. Packages make such accounts when they are installed. Next: check that you know why.`;
    case 'person':
      return `Account ${user} was made on ${host}. Packages make accounts when they are installed; people and intruders do otherwise. Next: check that you know why.`;
  }
}
