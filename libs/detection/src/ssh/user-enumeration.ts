import type { AllowList } from '../allow-list.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { Stories, type StoryShape } from '../story.ts';
import { listNames, spanOf } from '../wording.ts';

/** One address tries many account names that do not exist. ATT&CK T1110.003, T1087. */
export function userEnumeration(options: { names: number; windowMs: number; allow: AllowList }): Detector {
  const shape: StoryShape = {
    rule: 'ssh-user-enumeration',
    title: 'SSH user enumeration',
    level: 'medium',
    techniques: ['T1110.003', 'T1087.001'],
    threshold: options.names,
    windowUs: options.windowMs * 1000,
    distinct: true,
    entities: (address, story) => ({ 'source.address': address, 'host.name': story.evidence[0]!.host }),
    reason: (address, story) =>
      `${address} tried ${story.names.length + story.moreNames} account names that do not exist here within ` +
      `${spanOf(story.lastUs - story.firstUs)} (${listNames(story)}). People do not guess their own names. ` +
      'Next: check that no login from this address succeeded, and block it.',
  };
  const stories = new Stories(shape);
  return {
    rule: shape.rule,
    about: [],
    wants: 'attempt',
    observe({ record, attempt }: Observation, report: Report) {
      if (attempt?.outcome !== 'failure' || !attempt.invalidUser || attempt.address === '') return;
      if (options.allow.has(attempt.address)) return;
      stories.add(attempt.address, record, attempt.user, attempt.count, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}
