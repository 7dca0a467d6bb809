import type { AllowList } from '../allow-list.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { Stories, type Story, type StoryShape } from '../story.ts';
import { listNames, plural, spanOf } from '../wording.ts';

export interface BruteForceOptions {
  readonly failures: number;
  readonly windowMs: number;
  readonly allow: AllowList;
  /** For a slow pace: what counts as fast, and is left to the fast detector. */
  readonly fast?: { readonly failures: number; readonly windowMs: number };
}

/** One address fails to log in again and again, on whichever hosts and accounts. ATT&CK T1110.001. */
export function bruteForceAddress(options: BruteForceOptions, pace: 'fast' | 'slow'): Detector {
  const slow = pace === 'slow';
  const shape: StoryShape = {
    rule: slow ? 'ssh-brute-force-address-slow' : 'ssh-brute-force-address',
    title: slow ? 'Slow SSH brute force from one address' : 'SSH brute force from one address',
    level: 'medium',
    techniques: ['T1110.001'],
    threshold: options.failures,
    windowUs: options.windowMs * 1000,
    holds: (story) => !isBurst(story, options),
    entities: (address, story) => ({
      'source.address': address,
      ...(story.names.length === 1 && story.moreNames === 0 ? { 'user.name': story.names[0]! } : {}),
      'host.name': story.evidence[0]!.host,
    }),
    reason: (address, story) =>
      `${address} failed to log in ${plural(story.total, 'time')} within ${spanOf(story.lastUs - story.firstUs)}` +
      `${story.names.length > 0 ? ` (accounts tried: ${listNames(story)})` : ''}; ` +
      `${options.failures} within ${spanOf(options.windowMs * 1000)} count as an attack. ` +
      'Next: check that no login from this address succeeded, and block it at the firewall.',
  };
  const stories = new Stories(shape);
  return {
    rule: shape.rule,
    about: [],
    wants: 'attempt',
    observe({ record, attempt }: Observation, report: Report) {
      if (attempt?.outcome !== 'failure' || attempt.address === '' || options.allow.has(attempt.address))
        return;
      stories.add(attempt.address, record, attempt.user, attempt.count, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}

/** Whether the latest failures come as fast as the fast detector wants them: then it has told already. */
export function isBurst(story: Story, options: BruteForceOptions): boolean {
  if (!options.fast) return false;
  const sinceUs = story.lastUs - options.fast.windowMs * 1000;
  return story.times.filter((timeUs) => timeUs >= sinceUs).length >= options.fast.failures;
}
