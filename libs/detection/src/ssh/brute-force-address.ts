import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import type { KnownLogins } from '../known-logins.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { STORIES_KEPT, Stories, type Story, type StoryShape } from '../stories/story.ts';
import { listNames, plural, spanOf } from '../wording.ts';

const ABOUT: Omit<RuleAbout, 'rule' | 'title' | 'why' | 'examples'> = {
  levels: ['low', 'medium'],
  techniques: ['T1110.001'],
  source: 'sshd (auth.log, journald)',
  falsePositives: [
    'A script or device whose key or password was changed on the server only; told at level low where the same address was let in before.',
    'A penetration test: put its address into detection.allow.',
  ],
  next: 'Check that no login from the address succeeded, then block it at the firewall.',
  keeps: STORIES_KEPT,
};

const ABOUT_FAST: RuleAbout = {
  ...ABOUT,
  rule: 'ssh-brute-force-address',
  title: 'SSH brute force from one address',
  why: 'One address fails to log in again and again within minutes (five times in ten, by default). Guessing programs do; people stop and think after the third time.',
  examples: {
    match: [
      {
        name: 'five wrong passwords in a minute',
        log: `Jan 10 03:00:01 node1 sshd[101]: Failed password for root from 203.0.113.9 port 40001 ssh2
Jan 10 03:00:09 node1 sshd[102]: Failed password for root from 203.0.113.9 port 40002 ssh2
Jan 10 03:00:20 node1 sshd[103]: Failed password for invalid user admin from 203.0.113.9 port 40003 ssh2
Jan 10 03:00:31 node1 sshd[104]: Failed password for root from 203.0.113.9 port 40004 ssh2
Jan 10 03:00:44 node1 sshd[105]: Failed password for pi from 203.0.113.9 port 40005 ssh2`,
      },
      {
        name: 'a host without passwords, where sshd only tells that connections end',
        log: `Jan 10 03:00:01 node1 sshd[101]: Connection closed by authenticating user root 203.0.113.9 port 40001 [preauth]
Jan 10 03:00:05 node1 sshd[102]: Connection closed by authenticating user root 203.0.113.9 port 40002 [preauth]
Jan 10 03:00:09 node1 sshd[103]: Connection reset by authenticating user root 203.0.113.9 port 40003 [preauth]
Jan 10 03:00:13 node1 sshd[104]: Connection closed by authenticating user root 203.0.113.9 port 40004 [preauth]
Jan 10 03:00:17 node1 sshd[105]: Connection closed by authenticating user root 203.0.113.9 port 40005 [preauth]`,
      },
    ],
    ignore: [
      {
        name: 'a person who mistypes three times and then gets it right',
        log: `Jan 10 09:00:01 node1 sshd[101]: Failed password for anna from 192.0.2.7 port 40001 ssh2
Jan 10 09:00:06 node1 sshd[101]: Failed password for anna from 192.0.2.7 port 40001 ssh2
Jan 10 09:00:14 node1 sshd[101]: Failed password for anna from 192.0.2.7 port 40001 ssh2
Jan 10 09:00:31 node1 sshd[102]: Accepted password for anna from 192.0.2.7 port 40002 ssh2`,
      },
      {
        name: 'an agent that offers six keys before the right one',
        log: `Jan 10 09:00:01 node1 sshd[101]: Failed publickey for anna from 192.0.2.7 port 40001 ssh2: RSA SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
Jan 10 09:00:01 node1 sshd[101]: Failed publickey for anna from 192.0.2.7 port 40001 ssh2: RSA SHA256:BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
Jan 10 09:00:01 node1 sshd[101]: Failed publickey for anna from 192.0.2.7 port 40001 ssh2: RSA SHA256:CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
Jan 10 09:00:01 node1 sshd[101]: Failed publickey for anna from 192.0.2.7 port 40001 ssh2: RSA SHA256:DAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
Jan 10 09:00:01 node1 sshd[101]: Failed publickey for anna from 192.0.2.7 port 40001 ssh2: RSA SHA256:EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
Jan 10 09:00:01 node1 sshd[101]: Accepted publickey for anna from 192.0.2.7 port 40001 ssh2: ED25519 SHA256:FAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`,
      },
    ],
  },
};

const ABOUT_SLOW: RuleAbout = {
  ...ABOUT,
  rule: 'ssh-brute-force-address-slow',
  title: 'Slow SSH brute force from one address',
  why: 'One address fails to log in over hours, slowly enough to stay below what bans (fifteen times in twelve hours, by default).',
  examples: {
    match: [{ name: 'one failure every 25 minutes', log: failures(15, 25) }],
    ignore: [{ name: 'the same at one failure an hour, as often as a person', log: failures(12, 60) }],
  },
};

/** `count` lines of failures from one address, so many minutes apart, from 03:00 on. */
function failures(count: number, minutesApart: number): string {
  return Array.from({ length: count }, (_, i) => {
    const at = i * minutesApart;
    const clock = `${String(3 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:07`;
    return `Jan 10 ${clock} node1 sshd[${200 + i}]: Failed password for root from 203.0.113.9 port ${41_000 + i} ssh2`;
  }).join('\n');
}

export interface BruteForceOptions {
  readonly failures: number;
  readonly windowMs: number;
  readonly allow: AllowList;
  /** Who was let in from where: a stale password at a known place is told at level low. */
  readonly known: KnownLogins;
  /** For a slow pace: what counts as fast, and is left to the fast detector. */
  readonly fast?: { readonly failures: number; readonly windowMs: number };
}

/** One address fails to log in again and again, on whichever hosts and accounts. ATT&CK T1110.001. */
export function bruteForceAddress(options: BruteForceOptions, pace: 'fast' | 'slow'): Detector {
  const slow = pace === 'slow';
  const shape: StoryShape = {
    rule: slow ? 'ssh-brute-force-address-slow' : 'ssh-brute-force-address',
    title: slow ? 'Slow SSH brute force from one address' : 'SSH brute force from one address',
    level: (address, story) => (isStale(address, story, options.known) ? 'low' : 'medium'),
    techniques: ['T1110.001'],
    threshold: options.failures,
    windowUs: options.windowMs * 1000,
    keepsCounts: true,
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
    about: [slow ? ABOUT_SLOW : ABOUT_FAST],
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

/** Only accounts that were let in from this very address before: a script or device with an old password. */
function isStale(address: string, story: Story, known: KnownLogins): boolean {
  return (
    story.names.length > 0 && story.moreNames === 0 && story.names.every((user) => known.has(user, address))
  );
}

/** Whether the latest failures come as fast as the fast detector wants them: then it has told already. */
export function isBurst(story: Story, options: BruteForceOptions): boolean {
  if (!options.fast) return false;
  const sinceUs = story.lastUs - options.fast.windowMs * 1000;
  return story.times.filter((timeUs) => timeUs >= sinceUs).length >= options.fast.failures;
}
