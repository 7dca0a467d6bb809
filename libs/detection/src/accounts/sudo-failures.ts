import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type Story, type StoryShape } from '../stories/story.ts';
import { plural, quoteName, spanOf } from '../wording.ts';
import { SERVICE_ACCOUNTS } from './service-accounts.ts';

const ABOUT: RuleAbout = {
  rule: 'sudo-failures',
  title: 'sudo refused',
  levels: ['low', 'medium'],
  techniques: ['T1548.003'],
  source: 'sudo (auth.log, journald)',
  why: 'sudo refused an account again and again, or once because it is not in sudoers, which a person with a right to sudo never sees. Low while a person’s wrong passwords are as many as one call of sudo allows; medium from twice as many on, and for service accounts.',
  falsePositives: ['A new member of the household who tries whether they may.'],
  next: 'Ask the person; if it was not them, somebody else has their session.',
  keeps: STORIES_KEPT,
  examples: {
    match: [
      {
        name: 'three wrong passwords, as sudo sums them up',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/bin/apt update',
      },
      {
        name: 'an account that is not in sudoers',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : user NOT in sudoers ; TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/bin/cat /etc/shadow',
      },
    ],
    ignore: [
      {
        name: 'one wrong password',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : 1 incorrect password attempt ; TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/bin/apt update',
      },
      {
        name: 'a command that was allowed',
        log: 'Jan 10 09:00:01 node1 sudo:      jo : TTY=pts/0 ; PWD=/home/jo ; USER=root ; COMMAND=/usr/bin/apt update',
      },
    ],
  },
};

/**
 * sudo refused an account again and again, or once for not being in sudoers (which people with a right to sudo
 * never see). ATT&CK T1548.003.
 */
export function sudoFailures(options: { failures: number; windowMs: number }): Detector {
  const shape: StoryShape = {
    rule: 'sudo-failures',
    title: 'sudo refused',
    level: (key, story) => (isMistyped(key, story, options.failures) ? 'low' : 'medium'),
    techniques: ['T1548.003'],
    threshold: options.failures,
    windowUs: options.windowMs * 1000,
    entities: (key, story) => ({
      'user.name': key.slice(key.indexOf('\0') + 1),
      'host.name': story.evidence[0]!.host,
    }),
    reason: (key, story) =>
      `sudo refused ${quoteName(key.slice(key.indexOf('\0') + 1))} on ${story.evidence[0]!.host} ` +
      `(${plural(story.evidence.length, 'line')} within ${spanOf(story.lastUs - story.firstUs)}): wrong passwords or no right to it. ` +
      'Next: ask the person; if it was not them, somebody else has their session.',
  };
  const stories = new Stories(shape);
  return {
    rule: shape.rule,
    about: [ABOUT],
    wants: ['sudo_command'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      if (event['event.outcome'] !== 'failure') return;
      const host = event['host.name'] ?? record.origin.host;
      const user = event['source.user.name'] ?? event['user.name'] ?? '';
      if (user === '') return;
      const weight = WEIGHTS[event['event.reason'] ?? ''] ?? event['event.count'] ?? 1;
      stories.add(
        `${host}\0${user}`,
        record,
        event['event.reason'] ?? '',
        weight === Number.POSITIVE_INFINITY ? options.failures : weight,
        report,
      );
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}

/** Nothing but wrong passwords of a person, fewer than two calls of sudo take. */
function isMistyped(key: string, story: Story, failures: number): boolean {
  return (
    story.total < 2 * failures &&
    story.names.every((reason) => reason === 'incorrect_password') &&
    !SERVICE_ACCOUNTS.has(key.slice(key.indexOf('\0') + 1))
  );
}

/** What counts as enough by itself. */
const WEIGHTS: Readonly<Record<string, number>> = { not_in_sudoers: Number.POSITIVE_INFINITY };
