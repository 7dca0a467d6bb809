import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type StoryShape } from '../stories/story.ts';
import { listNames, plural, quoteName, spanOf } from '../wording.ts';

const SHAPE = {
  rule: 'su-failures',
  title: 'su refused again and again',
  level: 'medium',
  techniques: ['T1548', 'T1110.001'],
} as const;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium'],
  source: 'su (auth.log, journald)',
  why: 'An account tried to become another one with wrong passwords, again and again: somebody in its session guesses.',
  falsePositives: ['Somebody who forgot the root password.'],
  next: 'Ask the person; if it was not them, end the session and change the password.',
  keeps: STORIES_KEPT,
  examples: {
    match: [
      {
        name: 'three failures within a minute',
        log: `Jan 10 03:00:01 node1 su[101]: FAILED SU (to root) jo on pts/0
Jan 10 03:00:09 node1 su[102]: FAILED SU (to root) jo on pts/0
Jan 10 03:00:19 node1 su[103]: FAILED SU (to root) jo on pts/0`,
      },
    ],
    ignore: [
      {
        name: 'one slip',
        log: `Jan 10 09:00:01 node1 su[101]: FAILED SU (to root) jo on pts/0
Jan 10 09:00:09 node1 su[102]: (to root) jo on pts/0`,
      },
    ],
  },
};

/** su failed for one account again and again, whomever it wanted to become. */
export function suFailures(options: { failures: number; windowMs: number }): Detector {
  const shape: StoryShape = {
    ...SHAPE,
    threshold: options.failures,
    windowUs: options.windowMs * 1000,
    entities: (key, story) => ({ 'user.name': actorOf(key), 'host.name': story.evidence[0]!.host }),
    reason: (key, story) =>
      `${quoteName(actorOf(key))} failed ${plural(story.total, 'time')} within ${spanOf(story.lastUs - story.firstUs)} to become ` +
      `${listNames(story)} on ${story.evidence[0]!.host}. People know the password or use sudo. ` +
      'Next: ask the person; if it was not them, end the session.',
  };
  const stories = new Stories(shape);
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['su'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const actor = event['source.user.name'] ?? '';
      // shadow writes a second line, `- TTY A:B`, about the same failure.
      if (event['event.outcome'] !== 'failure' || event['event.reason'] === 'sulog' || actor === '') return;
      const host = event['host.name'] ?? record.origin.host;
      stories.add(`${host}\0${actor}`, record, event['user.name'] ?? '', event['event.count'] ?? 1, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}

function actorOf(key: string): string {
  return key.slice(key.indexOf('\0') + 1);
}
