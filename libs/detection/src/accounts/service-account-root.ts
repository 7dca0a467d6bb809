import type { Event } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';
import { SERVICE_ACCOUNTS } from './service-accounts.ts';
import { opensShell } from './shells.ts';

const SHAPE = {
  rule: 'service-account-root',
  title: 'A service account became root',
  level: 'critical',
  techniques: ['T1548', 'T1068'],
} as const;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['critical'],
  source: 'su, sudo (auth.log, journald)',
  why: 'An account that runs a service (www-data, postgres, nobody …) became root by su, or opened a shell as root by sudo. A service that was broken into does that next.',
  falsePositives: ['A web panel that is allowed to run a shell by sudo, which is the same hole on purpose.'],
  next: 'Take the host off the network; look at what the service ran before, at its web root, and at new cron jobs and keys.',
  examples: {
    match: [
      { name: 'su', log: 'Jan 10 03:00:01 node1 su[101]: (to root) www-data on pts/3' },
      {
        name: 'a root shell by sudo',
        log: 'Jan 10 03:00:01 node1 sudo: www-data : TTY=pts/3 ; PWD=/var/www ; USER=root ; COMMAND=/bin/bash',
      },
    ],
    ignore: [
      { name: 'root becomes a service', log: 'Jan 10 03:00:01 node1 su[101]: (to postgres) root on none' },
      {
        name: 'the one command that a web page may run',
        log: 'Jan 10 03:00:01 node1 sudo: www-data : TTY=unknown ; PWD=/var/www/html/admin ; USER=root ; COMMAND=/usr/local/bin/pihole status web',
      },
    ],
  },
};

/** An account that belongs to no person gets to be root. */
export function serviceAccountRoot(): Detector {
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['su', 'sudo_command'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const actor = event['source.user.name'] ?? '';
      if (event['event.outcome'] !== 'success' || event['event.reason'] === 'sulog') return;
      if (!SERVICE_ACCOUNTS.has(actor) || !isRoot(event)) return;
      const command = event['process.command_line'];
      if (event['event.action'] === 'sudo_command' && !opensShell(command)) return;
      const host = event['host.name'] ?? record.origin.host;
      report(
        single(
          SHAPE,
          record,
          known({ 'user.name': actor, 'host.name': host }),
          `${quoteName(actor)}, an account that runs a service and belongs to no person, became root on ${host}` +
            `${command ? ` by sudo ${quoteName(command)}` : ' by su'}. Usual is that root becomes it, never the other way. ` +
            'Next: take the host off the network, and look at what the service ran before.',
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}

function isRoot(event: Event): boolean {
  const target = event['user.name'];
  return target === 'root' || (target === undefined && event['event.action'] === 'sudo_command');
}
