import type { RuleAbout } from '../about.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type StoryShape } from '../stories/story.ts';
import { listNames, plural, quoteName, spanOf } from '../wording.ts';
import { type BruteForceOptions, isBurst } from './brute-force-address.ts';

/** Everybody's lists hold root: two addresses at a time are no plan. */
const ADDRESSES = 3;

const ABOUT: Omit<RuleAbout, 'rule' | 'title' | 'why' | 'examples'> = {
  levels: ['medium'],
  techniques: ['T1110.001'],
  source: 'sshd (auth.log, journald)',
  falsePositives: ['Several devices of one person that all still know an old password.'],
  next: 'Make sure that the account has no guessable password, or allow keys only (PasswordAuthentication no).',
  keeps: STORIES_KEPT,
};

const ABOUT_FAST: RuleAbout = {
  ...ABOUT,
  rule: 'ssh-brute-force-account',
  title: 'Distributed SSH brute force on one account',
  why: 'One account is tried from several addresses within minutes; none of them need be loud enough to be banned by itself.',
  examples: {
    match: [{ name: 'five addresses, one try each', log: tries(5, 1) }],
    ignore: [{ name: 'two tries from two addresses', log: tries(2, 1) }],
  },
};

const ABOUT_SLOW: RuleAbout = {
  ...ABOUT,
  rule: 'ssh-brute-force-account-slow',
  title: 'Slow, distributed SSH brute force on one account',
  why: 'One account is tried from several addresses over hours: a botnet that takes turns.',
  examples: {
    match: [{ name: 'fifteen addresses in six hours', log: tries(15, 24) }],
    ignore: [{ name: 'ten addresses in six hours', log: tries(10, 36) }],
  },
};

/** One try each from so many addresses, so many minutes apart, from 03:00 on. */
function tries(addresses: number, minutesApart: number): string {
  return Array.from({ length: addresses }, (_, i) => {
    const at = i * minutesApart;
    const clock = `${String(3 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:07`;
    return `Jan 10 ${clock} node1 sshd[${300 + i}]: Failed password for root from 198.51.100.${10 + i} port ${42_000 + i} ssh2`;
  }).join('\n');
}

/**
 * One account is tried from several addresses, none of which need be loud by itself. ATT&CK T1110.001. Three
 * addresses at least: one alone is ssh-brute-force-address, and a second one may be chance.
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
    holds: (story) => story.names.length >= ADDRESSES && !isBurst(story, options),
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
    about: [slow ? ABOUT_SLOW : ABOUT_FAST],
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
