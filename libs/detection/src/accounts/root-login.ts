import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';

const SHAPE = {
  rule: 'root-login',
  title: 'Login as root',
  level: 'medium',
  techniques: ['T1078.003'],
} as const;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium'],
  source: 'sshd, login',
  why: 'Somebody logged in as root itself instead of as a person with sudo: nobody can tell afterwards who it was.',
  falsePositives: ['Hypervisors and appliances that know no other account; back-up jobs that pull as root.'],
  next: 'Use an account of your own with sudo, and set PermitRootLogin no (or forced-commands-only for jobs).',
  examples: {
    match: [
      {
        name: 'root over SSH',
        log: 'Jan 10 09:00:01 node1 sshd[101]: Accepted password for root from 192.0.2.7 port 40001 ssh2',
      },
    ],
    ignore: [
      {
        name: 'a person over SSH',
        log: 'Jan 10 09:00:01 node1 sshd[101]: Accepted password for anna from 192.0.2.7 port 40001 ssh2',
      },
      {
        name: 'root refused',
        log: 'Jan 10 09:00:01 node1 sshd[101]: Failed password for root from 192.0.2.7 port 40001 ssh2',
      },
    ],
  },
};

/** Somebody logged in as root itself, over SSH or on a terminal, instead of as a person with sudo. ATT&CK T1078.003. */
export function rootLogin(): Detector {
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['ssh_login', 'login'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      if (event['event.outcome'] !== 'success' || event['user.name'] !== 'root') return;
      const host = event['host.name'] ?? record.origin.host;
      const from = event['source.address'];
      report(
        single(
          SHAPE,
          record,
          known({ 'source.address': from, 'user.name': 'root', 'host.name': host }),
          `root logged in to ${host}${from ? ` from ${from}` : ' on a terminal'}` +
            `${event['auth.method'] ? ` by ${event['auth.method']}` : ''}. Such a session cannot be told from any other ` +
            'person’s. Next: use an account of your own with sudo, and set PermitRootLogin no.',
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}
