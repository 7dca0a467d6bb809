import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import type { KnownLogins } from '../known-logins.ts';
import { ownString } from '../own-string.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { single } from '../single.ts';
import { quoteName, spanOf } from '../wording.ts';

const SHAPE = {
  rule: 'ssh-password-spraying-distributed',
  title: 'Your account names tried from many addresses',
  level: 'medium',
  techniques: ['T1110.003'],
} as const;

const ACCOUNTS = 3;
const ADDRESSES = 6;
const TRIES = 256;

/** Names that every list of passwords tries: that they are tried here says nothing. */
const GUESSED = new Set(
  'root admin administrator user test guest ubuntu debian pi git ftp www www-data mysql postgres oracle backup nobody daemon mail support ec2-user centos deploy jenkins ansible steam minecraft docker'.split(
    ' ',
  ),
);

const people = ['anna', 'jo', 'sven'];

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium'],
  source: 'sshd (auth.log, journald)',
  why: 'Accounts that people really use here, not the names of every list, are tried from several addresses that never logged in. Somebody knows who lives here.',
  falsePositives: ['Three people on the road who mistype from six places on one day.'],
  next: 'Allow keys only. Ask where the names are known from: a web site, a leaked mailbox, a share.',
  keeps:
    'The last 256 such tries; who was let in from where: 10,000 pairs, the ones not used longest are forgotten first.',
  examples: {
    match: [
      {
        name: 'three people, six addresses',
        log: [
          ...people.map(
            (user, i) =>
              `Jan  9 09:0${i}:00 node1 sshd[${500 + i}]: Accepted password for ${user} from 192.0.2.${i + 1} port 4000${i} ssh2`,
          ),
          ...[0, 1, 2, 3, 4, 5].map(
            (i) =>
              `Jan 10 0${i + 1}:10:00 node1 sshd[${510 + i}]: Failed password for ${people[i % 3]} from 198.51.100.${i + 1} port 4100${i} ssh2`,
          ),
        ].join('\n'),
      },
    ],
    ignore: [
      {
        name: 'the names that everybody tries',
        log: [0, 1, 2, 3, 4, 5]
          .map(
            (i) =>
              `Jan 10 0${i + 1}:10:00 node1 sshd[${510 + i}]: Failed password for ${['root', 'admin', 'git'][i % 3]} from 198.51.100.${i + 1} port 4100${i} ssh2`,
          )
          .join('\n'),
      },
    ],
  },
};

interface Try {
  readonly us: number;
  readonly user: string;
  readonly address: string;
}

/** Accounts that logged in before are tried from several addresses that never did. */
export function sprayingDistributed(options: {
  windowMs: number;
  allow: AllowList;
  known: KnownLogins;
}): Detector {
  const { known } = options;
  const windowUs = options.windowMs * 1000;
  let tries: Try[] = [];
  let toldUs = Number.NEGATIVE_INFINITY;

  function failed({ record, attempt }: Observation, report: Report): void {
    const { user, address, host } = attempt!;
    if (GUESSED.has(user) || !known.hasUser(user) || known.has(user, address)) return;
    if (options.allow.has(address)) return;
    const us = record.timeUs;
    tries = tries.filter((t) => Math.abs(us - t.us) <= windowUs).slice(-TRIES + 1);
    tries.push({ us, user: ownString(user), address: ownString(address) });
    const users = [...new Set(tries.map((t) => t.user))];
    const addresses = new Set(tries.map((t) => t.address)).size;
    if (users.length < ACCOUNTS || addresses < ADDRESSES || Math.abs(us - toldUs) <= windowUs) return;
    toldUs = us;
    const reason =
      `${users.length} accounts that people use here (${users.slice(0, 5).map(quoteName).join(', ')}) were tried from ${addresses} ` +
      `addresses within ${spanOf(us - tries[0]!.us)}. None of those addresses ever logged in as them; the names are not among ` +
      'those that everybody tries. Next: allow keys only, and find out where the names are known from.';
    report(single(SHAPE, record, { 'host.name': host }, reason));
  }

  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: 'attempt',
    observe(seen: Observation, report: Report) {
      const { attempt } = seen;
      if (!attempt || attempt.address === '' || attempt.user === '') return;
      if (attempt.outcome === 'failure') failed(seen, report);
      // Who mistyped and then got in was no stranger.
      else tries = tries.filter((t) => t.user !== attempt.user || t.address !== attempt.address);
    },
    snapshot: () => ({ tries, toldUs: Number.isFinite(toldUs) ? toldUs : null }),
    restore(state) {
      const saved = (state ?? {}) as { tries?: Try[]; toldUs?: number | null };
      tries = saved.tries ?? [];
      toldUs = saved.toldUs ?? Number.NEGATIVE_INFINITY;
    },
  };
}
