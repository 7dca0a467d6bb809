import type { Detector, Observation, Report } from '../port.ts';
import { Stories, type StoryShape } from '../story.ts';
import { listNames, plural, quoteName, spanOf } from '../wording.ts';
import { type BruteForceOptions, isBurst } from './brute-force-address.ts';

/**
 * One account is tried from several addresses, none of which need be loud by itself. ATT&CK T1110.001. Two
 * addresses at least: one alone is ssh-brute-force-address.
 */
export function bruteForceAccount(options: BruteForceOptions, pace: 'fast' | 'slow'): Detector {
  const slow = pace === 'slow';
  const shape: StoryShape = {
    rule: slow ? 'ssh-brute-force-account-slow' : 'ssh-brute-force-account',
    title: slow
      ? 'Slow, distributed SSH brute force on one account'
      : 'Distributed SSH brute force on one account',
    level: 'medium',
    techniques: ['T1110.001'],
    threshold: options.failures,
    windowUs: options.windowMs * 1000,
    holds: (story) => story.names.length >= 2 && !isBurst(story, options),
    entities: (account, story) => ({
      'user.name': account,
      'host.name': story.evidence[0]!.host,
    }),
    reason: (account, story) =>
      `Account ${quoteName(account)} was tried ${plural(story.total, 'time')} within ` +
      `${spanOf(story.lastUs - story.firstUs)} from ${story.names.length + story.moreNames} addresses ` +
      `(${listNames(story)}). Next: make sure that the account has no guessable password, or allow keys only.`,
  };
  const stories = new Stories(shape);
  return {
    rule: shape.rule,
    about: [],
    wants: 'attempt',
    observe({ record, attempt }: Observation, report: Report) {
      if (attempt?.outcome !== 'failure' || attempt.user === '' || attempt.address === '') return;
      if (options.allow.has(attempt.address)) return;
      stories.add(attempt.user, record, attempt.address, attempt.count, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}
