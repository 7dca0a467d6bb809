import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { type SprayingOptions, sprayingShape } from '../spraying.ts';
import { STORIES_KEPT, Stories } from '../stories/story.ts';

const SHAPE = {
  rule: 'ssh-password-spraying',
  title: 'SSH password spraying',
  level: 'medium',
  techniques: ['T1110.003'],
} as const;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium'],
  source: 'sshd (auth.log, journald)',
  why: 'One address tries several accounts that exist here, a few times each, over hours: the same few passwords for everybody, below what locks an account.',
  falsePositives: [
    'Many people behind one address who all mistype on one day; those who were let in from there before do not count.',
  ],
  next: 'Check that no login from the address succeeded, block it, and ask how it knows your account names.',
  keeps: STORIES_KEPT,
  examples: {
    match: [
      {
        name: 'five accounts, one try each, an hour apart',
        log: ['root', 'anna', 'jo', 'backup', 'sven']
          .map(
            (user, i) =>
              `Jan 10 0${i + 1}:20:07 node1 sshd[${400 + i}]: Failed password for ${user} from 203.0.113.9 port ${43_000 + i} ssh2`,
          )
          .join('\n'),
      },
    ],
    ignore: [
      {
        name: 'two people of one household who mistype',
        log: `Jan 10 09:00:01 node1 sshd[101]: Failed password for anna from 192.0.2.7 port 40001 ssh2
Jan 10 09:00:09 node1 sshd[101]: Accepted password for anna from 192.0.2.7 port 40001 ssh2
Jan 10 19:00:01 node1 sshd[102]: Failed password for jo from 192.0.2.7 port 40002 ssh2
Jan 10 19:00:09 node1 sshd[102]: Accepted password for jo from 192.0.2.7 port 40002 ssh2`,
      },
    ],
  },
};

/** One address, many existing accounts, few tries each. Names that do not exist are ssh-user-enumeration. */
export function passwordSpraying(options: SprayingOptions): Detector {
  const stories = new Stories(sprayingShape(SHAPE, options, 'accounts that exist here'));
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: 'attempt',
    observe({ record, attempt }: Observation, report: Report) {
      if (attempt?.outcome !== 'failure' || attempt.address === '' || attempt.user === '') return;
      if (attempt.invalidUser || options.allow.has(attempt.address)) return;
      if (!options.known.has(attempt.user, attempt.address))
        stories.add(attempt.address, record, attempt.user, attempt.count, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}
