import type { Event, Level } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';
import { SERVICE_ACCOUNTS } from './service-accounts.ts';
import { isLoginShell } from './shells.ts';

interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly techniques: readonly string[];
  readonly what: string;
  readonly next: string;
}

const UID_ZERO = {
  rule: 'user-id-zero',
  title: 'An account was given the rights of root',
  techniques: ['T1098'],
} as const;
const SHELL = {
  rule: 'login-shell-changed',
  title: 'The login shell of an account was changed',
  techniques: ['T1098'],
} as const;
const DELETED = { rule: 'user-deleted', title: 'Account removed', techniques: ['T1531'] } as const;
const PASSWORD = {
  rule: 'password-changed',
  title: 'Password changed by somebody else',
  techniques: ['T1098', 'T1531'],
} as const;

const source = 'usermod, userdel, chsh, passwd, chpasswd (auth.log, journald)';
const line = (message: string) => `Jan 10 09:00:01 node1 ${message}`;

const ABOUT: readonly RuleAbout[] = [
  {
    ...UID_ZERO,
    levels: ['critical'],
    source,
    why: 'The user id of an account was changed to 0: it is root under another name.',
    falsePositives: [],
    next: 'Change it back (usermod -u) or remove the account, and find out who did it.',
    examples: {
      match: [
        { name: 'usermod -o -u 0', log: line("usermod[101]: change user 'mallory' UID from '1001' to '0'") },
      ],
      ignore: [
        { name: 'another id', log: line("usermod[101]: change user 'anna' UID from '1001' to '1002'") },
      ],
    },
  },
  {
    ...SHELL,
    levels: ['low', 'high'],
    source,
    why: 'An account has another login shell. High where one that could not log in now can: service accounts are opened that way.',
    falsePositives: ['People who change from bash to zsh (level low).'],
    next: 'Set it back (usermod -s /usr/sbin/nologin NAME) if nobody asked for it.',
    examples: {
      match: [
        {
          name: 'a service account gets a shell',
          log: line("usermod[101]: change user 'www-data' shell from '/usr/sbin/nologin' to '/bin/bash'"),
        },
        { name: 'a person likes zsh', log: line("chsh[101]: changed user 'anna' shell to '/usr/bin/zsh'") },
      ],
      ignore: [
        {
          name: 'another home',
          log: line("usermod[101]: change user 'anna' home from '/home/a' to '/home/anna'"),
        },
      ],
    },
  },
  {
    ...DELETED,
    levels: ['low'],
    source,
    why: 'An account was removed. Intruders remove those they made, or those of others to lock them out.',
    falsePositives: ['Packages that are removed take their accounts along.'],
    next: 'Check that you know why.',
    examples: {
      match: [{ name: 'userdel', log: line("userdel[101]: delete user 'jo'") }],
      ignore: [{ name: 'a group goes', log: line("groupdel[101]: group 'jo' removed from /etc/group") }],
    },
  },
  {
    ...PASSWORD,
    levels: ['medium'],
    source,
    why: 'The password of an account was changed by another account, or root’s own was: who has it now logs in as that person.',
    falsePositives: ['An administrator who sets a forgotten password; the set-up of a host.'],
    next: 'Ask the person whether they know of it.',
    examples: {
      match: [
        {
          name: 'root sets it for somebody',
          log: line("passwd[101]: password for 'anna' changed by 'root'"),
        },
        {
          name: 'root’s own, as PAM tells it',
          log: line('passwd[101]: pam_unix(passwd:chauthtok): password changed for root'),
        },
      ],
      ignore: [
        { name: 'people change their own', log: line("passwd[101]: password for 'anna' changed by 'anna'") },
        {
          name: 'the same as PAM tells it',
          log: line('passwd[101]: pam_unix(passwd:chauthtok): password changed for anna'),
        },
      ],
    },
  },
];

/** What usermod, userdel, chsh and passwd do to accounts that exist. */
export function accountChanged(): Detector {
  return {
    rule: 'account-changed',
    about: ABOUT,
    wants: ['user_modified', 'user_deleted', 'password_changed'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const user = event['user.name'] ?? '';
      if (event['event.outcome'] === 'failure' || user === '') return;
      const finding = judge(event, user);
      if (finding === null) return;
      const host = event['host.name'] ?? record.origin.host;
      const { what, next, ...shape } = finding;
      const by = event['source.user.name'];
      report(
        single(
          shape,
          record,
          known({ 'user.name': user, 'host.name': host }),
          `${what} on ${host}${by && by !== user ? `, by ${quoteName(by)}` : ''}. Next: ${next}`,
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}

function judge(event: Event, user: string): Finding | null {
  const name = quoteName(user);
  switch (event['event.action']) {
    case 'user_deleted':
      return {
        ...DELETED,
        level: 'low',
        what: `Account ${name} was removed`,
        next: 'check that you know why.',
      };
    case 'password_changed':
      return passwordChanged(event, user);
    default:
      return modified(event, user);
  }
}

function passwordChanged(event: Event, user: string): Finding | null {
  const by = event['source.user.name'];
  if (user !== 'root' && (by === undefined || by === user)) return null;
  return {
    ...PASSWORD,
    level: 'medium',
    what: `The password of ${quoteName(user)} was changed`,
    next: 'ask the person whether they know of it; usual is that people change their own.',
  };
}

function modified(event: Event, user: string): Finding | null {
  const message = (event.message ?? '').slice(0, 1024);
  if (event['event.reason'] === 'uid' && / to '0'$/.test(message) && user !== 'root')
    return {
      ...UID_ZERO,
      level: 'critical',
      what: `Account ${quoteName(user)} was given user id 0: it is root under another name`,
      next: 'change it back (usermod -u), and find out who did it.',
    };
  if (event['event.reason'] !== 'shell') return null;
  const shells = / shell (?:from '([^']{0,256})' )?to '([^']{0,256})'/.exec(message);
  const to = shells?.[2] ?? '';
  const opened =
    isLoginShell(to) &&
    (SERVICE_ACCOUNTS.has(user) || (shells?.[1] !== undefined && !isLoginShell(shells[1])));
  return {
    ...SHELL,
    level: opened ? 'high' : 'low',
    what: opened
      ? `${quoteName(user)}, which could not log in until now, was given the shell ${quoteName(to)}`
      : `The login shell of ${quoteName(user)} was changed${to === '' ? '' : ` to ${quoteName(to)}`}`,
    next: opened
      ? 'set it back (usermod -s /usr/sbin/nologin), and find out who did it.'
      : 'nothing, if the person did it.',
  };
}
