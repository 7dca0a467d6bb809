import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { plural, quoteName } from '../wording.ts';
import { SERVICE_ACCOUNTS } from './service-accounts.ts';
import { opensShell } from './shells.ts';

const SHAPE = {
  rule: 'sudo-root-shell',
  title: 'A root shell by sudo, for the first time',
  level: 'low',
  techniques: ['T1548.003'],
} as const;
const ACCOUNTS = 5_000;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['low'],
  source: 'sudo (auth.log, journald)',
  why: 'An account opened a shell as root that it never opened before: what is typed there is logged by nobody.',
  falsePositives: ['The first sudo -i of an administrator on each host.'],
  next: 'Nothing, if you know the person and the hour; else read what the session did before.',
  keeps: '5,000 accounts; the one not used longest is forgotten first and told again.',
  examples: {
    match: [
      {
        name: 'sudo -i',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/bin/bash',
      },
    ],
    ignore: [
      {
        name: 'a script run by a shell',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/bin/sh /opt/backup.sh',
      },
      {
        name: 'another command',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/bin/apt update',
      },
    ],
  },
};

/** The first root shell of an account on a host. */
export function sudoShell(): Detector {
  /** sudo calls so far, negative once it was told. */
  const calls = new BoundedMap<number>(ACCOUNTS);
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['sudo_command'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const actor = event['source.user.name'] ?? '';
      if (event['event.outcome'] !== 'success' || actor === '' || actor === 'root') return;
      // Theirs is service-account-root.
      if (SERVICE_ACCOUNTS.has(actor)) return;
      const host = event['host.name'] ?? record.origin.host;
      const key = `${host}\0${actor}`;
      const before = calls.get(key) ?? 0;
      if (before < 0) return;
      if (!opensShell(event['process.command_line']) || (event['user.name'] ?? 'root') !== 'root') {
        calls.set(key, Math.min(before + 1, 1_000_000));
        return;
      }
      calls.set(key, -1);
      report(
        single(
          SHAPE,
          record,
          known({ 'user.name': actor, 'host.name': host }),
          `${quoteName(actor)} opened a shell as root on ${host} (${quoteName(event['process.command_line'] ?? '')}). Until now: ` +
            `${before === 0 ? 'no sudo at all' : `${plural(before, 'sudo call')}, never a shell`}. ` +
            'Next: nothing, if you know the person and the hour; else read what the session did before.',
        ),
      );
    },
    snapshot: () => calls.snapshot(),
    restore: (state) => calls.restore(state),
  };
}
