import type { Event } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known } from '../single.ts';
import { STORIES_KEPT, Stories, type StoryShape } from '../stories/story.ts';
import { plural, quoteName, spanOf } from '../wording.ts';
import { containerOf } from './container.ts';
import { noteLine } from './note-lines.ts';

const RULE = 'container-crash-loop';
const TITLE = 'Containers of a service keep failing';
const FAILURES = 5;
const WINDOW_US = 15 * 60e6;
/** Ended by a signal that asks for it: SIGINT, SIGTERM, and SIGKILL after they were not heard. No failure by itself. */
const ASKED = new Set([130, 137, 143]);

/** A service's containers end with an error again and again: broken, out of memory, or attacked until they fall over. */
export function crashLoop(): Detector {
  const stories = new Stories(SHAPE);
  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['container_stopped', 'container_event'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const why = failureOf(event);
      const container = containerOf(event);
      if (why === null || container.name === '') return;
      stories.add(`${container.words}\0${event['service.name'] ?? ''}`, record, why, 1, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}

/** How it failed, in words; null where it did not. Out of memory is told of by an event of its own, before exit code 137. */
function failureOf(event: Event): string | null {
  if (event['event.action'] === 'container_event')
    return event['event.reason'] === 'oom' ? 'out of memory' : null;
  const code = event['container.exit_code'];
  return typeof code !== 'number' || code === 0 || ASKED.has(code) ? null : `exit code ${code}`;
}

const SHAPE: StoryShape = {
  rule: RULE,
  title: TITLE,
  level: 'medium',
  techniques: ['T1499'],
  threshold: FAILURES,
  windowUs: WINDOW_US,
  entities(key, story) {
    const [words = '', service] = key.split('\0');
    const name = words.replace(/^\w+ /, '');
    return known({
      'host.name': story.evidence[0]!.host,
      ...(service ? { 'service.name': service } : { 'container.name': name }),
    });
  },
  reason(key, story) {
    const [words = ''] = key.split('\0');
    return (
      `Containers of ${quoteName(words)} failed ${plural(story.total, 'time')} within ` +
      `${spanOf(story.lastUs - story.firstUs)} (${story.names.join(', ')}). Next: read its log ` +
      '(docker service logs, docker logs); exit codes above 128 are signals: 134 aborted, 139 crashed in memory.'
    );
  },
};

const stopped = (minute: number, code: number) =>
  noteLine('container_stopped', minute / 60, {
    'container.name': `web.1.jp3cunl3kdak39kut5sf50rbb`,
    'service.name': 'web',
    'container.exit_code': code,
  });
const series = (count: number, code: number) =>
  Array.from({ length: count }, (_, n) => stopped(n, code)).join('\n');

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['medium'],
  techniques: ['T1499'],
  source: "Docker's events (die, with its exit code)",
  why: 'A service’s containers ended with an error five times within a quarter of an hour: it is down, or nearly.',
  falsePositives: ['A deployment that waits for its database by failing until it is there'],
  next: 'Read its log. Undo the last deployment if there was one.',
  keeps: STORIES_KEPT,
  examples: {
    match: [{ name: 'five failures in five minutes', format: 'tom-note', log: series(5, 1) }],
    ignore: [
      { name: 'five that ended well', format: 'tom-note', log: series(5, 0) },
      { name: 'five that were stopped', format: 'tom-note', log: series(5, 143) },
      { name: 'four failures', format: 'tom-note', log: series(4, 1) },
    ],
  },
};
