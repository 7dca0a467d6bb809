import type { LogRecord } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';
import { JOB_ACCOUNTS, SERVICE_ACCOUNTS } from './service-accounts.ts';

const SHAPE = {
  rule: 'service-account-login',
  title: 'Login as a service account',
  level: 'high',
  techniques: ['T1078.003'],
} as const;
const SEEN = 2_000;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['high'],
  source: 'sshd, login',
  why: 'An account that runs a service (www-data, postgres, mysql, nobody and the like) logged in, or one of jobs (git, backup, ansible) with a password instead of its key. Such accounts have no person.',
  falsePositives: ['An account that you use for jobs of your own; told once for each address.'],
  next: 'End the session, set the shell of the account to /usr/sbin/nologin, lock its password, and look into its authorized_keys.',
  keeps:
    '2,000 pairs of account and address that were told; the one not seen longest is forgotten first and told again.',
  examples: {
    match: [
      {
        name: 'the web server’s account',
        log: 'Jan 10 03:00:01 node1 sshd[101]: Accepted password for www-data from 203.0.113.9 port 40001 ssh2',
      },
      {
        name: 'git by password',
        log: 'Jan 10 03:00:01 node1 sshd[101]: Accepted password for git from 203.0.113.9 port 40001 ssh2',
      },
    ],
    ignore: [
      {
        name: 'git by key, as every pull does',
        log: 'Jan 10 03:00:01 node1 sshd[101]: Accepted publickey for git from 192.0.2.7 port 40001 ssh2: ED25519 SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      },
      {
        name: 'a person',
        log: 'Jan 10 09:00:01 node1 sshd[101]: Accepted password for anna from 192.0.2.7 port 40001 ssh2',
      },
    ],
  },
};

/** A login by an account that belongs to no person. Told once for each account, host and address. */
export function serviceAccountLogin(): Detector {
  const told = new BoundedMap<1>(SEEN);
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['ssh_login', 'login'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const user = event['user.name'] ?? '';
      if (event['event.outcome'] !== 'success' || !isOdd(user, record)) return;
      const host = event['host.name'] ?? record.origin.host;
      const from = event['source.address'];
      const key = `${host}\0${user}\0${from ?? ''}`;
      if (told.get(key) !== undefined) return;
      told.set(key, 1);
      report(
        single(
          SHAPE,
          record,
          known({ 'source.address': from, 'user.name': user, 'host.name': host }),
          `${quoteName(user)} logged in to ${host}${from ? ` from ${from}` : ' on a terminal'}` +
            `${event['auth.method'] ? ` by ${event['auth.method']}` : ''}. This account runs services or jobs and belongs to no person; ` +
            'it did not do so from there before. Next: end the session, lock the account (usermod -L -s /usr/sbin/nologin), ' +
            'and look into its authorized_keys.',
        ),
      );
    },
    snapshot: () => told.snapshot(),
    restore: (state) => told.restore(state),
  };
}

function isOdd(user: string, record: LogRecord): boolean {
  if (SERVICE_ACCOUNTS.has(user)) return true;
  const method = record.event!['auth.method'];
  return (
    JOB_ACCOUNTS.has(user) && (method === 'password' || (method ?? '').startsWith('keyboard-interactive'))
  );
}
