import type { Detector, Observation, Report } from '../port.ts';
import { Stories, type StoryShape } from '../story.ts';
import { plural, quoteName, spanOf } from '../wording.ts';

/**
 * sudo refused an account again and again, or once for not being in sudoers (which people with a right to sudo
 * never see). ATT&CK T1548.003.
 */
export function sudoFailures(options: { failures: number; windowMs: number }): Detector {
  const shape: StoryShape = {
    rule: 'sudo-failures',
    title: 'sudo refused',
    level: 'medium',
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
    about: [],
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
        '',
        weight === Number.POSITIVE_INFINITY ? options.failures : weight,
        report,
      );
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}

/** What counts as enough by itself. */
const WEIGHTS: Readonly<Record<string, number>> = { not_in_sudoers: Number.POSITIVE_INFINITY };
