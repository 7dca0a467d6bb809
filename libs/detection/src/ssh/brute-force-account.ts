import type { RuleAbout } from '../about.ts';
import type { Attempt } from '../attempt.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type StoryShape } from '../stories/story.ts';
import { listNames, plural, quoteName, spanOf } from '../wording.ts';
import { type BruteForceOptions, isBurst } from './brute-force-address.ts';

/** Everybody's lists hold root: two addresses at a time are no plan. */
const ADDRESSES = 3;

const ABOUT: Omit<RuleAbout, 'rule' | 'title' | 'why' | 'examples'> = {
  levels: ['low', 'medium'],
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
  why: 'One account is tried from several addresses within minutes; none of them need be loud enough to be banned by itself. Low where the account does not exist: such names are tried on every server, and none gets in.',
  examples: {
    match: [{ name: 'five addresses, one try each', log: tries(5, 1) }],
    ignore: [{ name: 'two tries from two addresses', log: tries(2, 1) }],
  },
};

const ABOUT_SLOW: RuleAbout = {
  ...ABOUT,
  rule: 'ssh-brute-force-account-slow',
  title: 'Slow, distributed SSH brute force on one account',
  why: 'One account is tried from several addresses over hours: a botnet that takes turns. Low where the account does not exist.',
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
    level: (key) => (isAbsent(key) ? 'low' : 'medium'),
    techniques: ['T1110.001'],
    threshold: options.failures,
    windowUs: options.windowMs * 1000,
    holds: (story) => story.names.length >= ADDRESSES && !isBurst(story, options),
    entities: (key, story) => ({
      'user.name': accountOf(key),
      'host.name': story.evidence[0]!.host,
    }),
    reason: (key, story) =>
      `Account ${quoteName(accountOf(key))}${isAbsent(key) ? ', which does not exist,' : ''} was tried ${plural(story.total, 'time')} within ` +
      `${spanOf(story.lastUs - story.firstUs)} from ${story.names.length + story.moreNames} addresses ` +
      `(${listNames(story)}). Next: ` +
      (isAbsent(key)
        ? 'nothing at once; programs try such names on every server.'
        : 'make sure that the account has no guessable password, or allow keys only.'),
  };
  const stories = new Stories(shape);
  return {
    rule: shape.rule,
    about: [slow ? ABOUT_SLOW : ABOUT_FAST],
    wants: 'attempt',
    observe({ record, attempt }: Observation, report: Report) {
      if (attempt?.outcome !== 'failure' || attempt.user === '' || attempt.address === '') return;
      if (options.allow.has(attempt.address)) return;
      stories.add(keyOf(attempt), record, attempt.address, attempt.count, report);
    },
    snapshot: () => stories.snapshot(),
    restore: (state) => stories.restore(state),
  };
}

/** Behind the name of an account that sshd calls invalid; no name holds it. */
const ABSENT = '\0absent';

const keyOf = ({ user, invalidUser }: Attempt): string => (invalidUser ? `${user}${ABSENT}` : user);
const isAbsent = (key: string): boolean => key.endsWith(ABSENT);
const accountOf = (key: string): string => (isAbsent(key) ? key.slice(0, -ABSENT.length) : key);
