import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';

const SHAPE = {
  rule: 'sudoers-edited',
  title: 'Rights to sudo changed',
  level: 'high',
  techniques: ['T1548.003'],
} as const;
const LOOK_CHARS = 1_024;

const FILE = /^\/etc\/(?:sudoers|sudoers\.d\/[^/]{1,255}|doas\.conf)$/;
/** Programs that write, with the file anywhere behind them. `visudo -c` only checks. */
const WRITES =
  /^(?:\S{0,64}\/)?(?:visudo(?!\s+(?:-\w*c|--check))\b|(?:sudoedit|nano|vi|vim|vim\.\w+|nvim|emacs|ed|ex|mcedit|micro|pico|tee|cp|mv|install|ln|chmod|chown|rm|sed\s+(?:-\S+\s+)*-i\S*|sed\s+-\w*i\w*|dd)\s(?:.{0,400}\s|.{0,200}of=)?\/etc\/sudoers)/;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['high'],
  source: 'sudo (auth.log, journald), auditd',
  why: 'Somebody edited the file that says who may become root (sudoers, sudoers.d, doas.conf).',
  falsePositives: ['Setting up a host; configuration management.'],
  next: 'Read the file (sudo -l -U NAME, ls -l /etc/sudoers.d) and take out what nobody asked for.',
  examples: {
    match: [
      {
        name: 'visudo',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/sbin/visudo',
      },
      {
        name: 'tee into sudoers.d',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/bin/tee /etc/sudoers.d/jo',
      },
    ],
    ignore: [
      {
        name: 'a check',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/sbin/visudo -c',
      },
      {
        name: 'reading it',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/bin/cat /etc/sudoers',
      },
    ],
  },
};

/** sudoers was edited by a command of sudo, or written as auditd sees it. */
export function sudoersEdited(): Detector {
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['sudo_command', 'file_changed'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      if (event['event.outcome'] === 'failure') return;
      const isFile = event['event.action'] === 'file_changed';
      const command = (event['process.command_line'] ?? '').slice(0, LOOK_CHARS);
      if (isFile ? !FILE.test(event['file.path'] ?? '') : !WRITES.test(command)) return;
      const host = event['host.name'] ?? record.origin.host;
      const actor = event['source.user.name'] ?? event['user.name'] ?? '';
      report(
        single(
          SHAPE,
          record,
          known({
            'user.name': actor,
            'host.name': host,
            'file.path': isFile ? event['file.path'] : undefined,
          }),
          `${actor === '' ? 'Somebody' : quoteName(actor)} changed who may become root on ${host} ` +
            `(${quoteName(isFile ? event['file.path']! : command)}). That happens when a host is set up, and seldom after. ` +
            'Next: read /etc/sudoers and /etc/sudoers.d, and take out what nobody asked for.',
        ),
      );
    },
    snapshot: () => null,
    restore: () => {},
  };
}
