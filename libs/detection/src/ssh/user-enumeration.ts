import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type StoryShape } from '../stories/story.ts';
import { listNames, spanOf } from '../wording.ts';

const ABOUT: RuleAbout = {
  rule: 'ssh-user-enumeration',
  title: 'SSH user enumeration',
  levels: ['medium'],
  techniques: ['T1110.003', 'T1087.001'],
  source: 'sshd (auth.log, journald)',
  why: 'One address tries several account names that do not exist here. People know their own names; lists of names are what programs try.',
  falsePositives: ['A person who forgot which name they have here and tries five.'],
  next: 'Check that no login from the address succeeded, and block it.',
  keeps: STORIES_KEPT,
  examples: {
    match: [
      {
        name: 'five unknown names',
        log: `Jan 10 03:00:01 node1 sshd[101]: Invalid user admin from 203.0.113.9 port 40001
Jan 10 03:00:03 node1 sshd[102]: Invalid user test from 203.0.113.9 port 40002
Jan 10 03:00:05 node1 sshd[103]: Invalid user oracle from 203.0.113.9 port 40003
Jan 10 03:00:07 node1 sshd[104]: Invalid user ubuntu from 203.0.113.9 port 40004
Jan 10 03:00:09 node1 sshd[105]: Invalid user guest from 203.0.113.9 port 40005`,
      },
    ],
    ignore: [
      {
        name: 'one name mistyped again and again',
        log: `Jan 10 09:00:01 node1 sshd[101]: Invalid user ana from 192.0.2.7 port 40001
Jan 10 09:00:09 node1 sshd[102]: Invalid user ana from 192.0.2.7 port 40002
Jan 10 09:00:15 node1 sshd[103]: Invalid user anna1 from 192.0.2.7 port 40003
Jan 10 09:00:25 node1 sshd[104]: Accepted password for anna from 192.0.2.7 port 40004 ssh2`,
      },
    ],
  },
};

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
    about: [ABOUT],
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
