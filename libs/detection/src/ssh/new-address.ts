import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import { ownString } from '../own-string.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';

const RULE = 'login-new-address';
const USERS = 5_000;
const ADDRESSES_PER_USER = 64;

const ABOUT: RuleAbout = {
  rule: RULE,
  title: 'Login from a new address',
  levels: ['low'],
  techniques: ['T1078'],
  source: 'sshd (auth.log, journald)',
  why: 'An account was used from an address that it never used before. A first login is never silent; the alarm about an unknown place is login-new-network.',
  falsePositives: ['Travelling, mobile networks, a provider that gave a new address.'],
  next: 'Ask the person; if it was not them, end the session and change the credentials.',
  keeps:
    '5,000 accounts with 64 addresses each; the ones not used longest are forgotten first and are new when they come back.',
  examples: {
    match: [
      {
        name: 'a second address',
        log: `Jan 10 09:00:01 node1 sshd[101]: Accepted publickey for anna from 192.0.2.7 port 40001 ssh2: ED25519 SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
Jan 11 09:00:01 node1 sshd[102]: Accepted publickey for anna from 203.0.113.9 port 40002 ssh2: ED25519 SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`,
      },
      {
        name: 'the first login of an account ',
        log: 'Jan 10 09:00:01 node1 sshd[101]: Accepted password for anna from 192.0.2.7 port 40001 ssh2',
      },
    ],
    ignore: [
      {
        name: 'a login that fails',
        log: 'Jan 10 09:00:01 node1 sshd[101]: Failed password for anna from 192.0.2.7 port 40001 ssh2',
      },
    ],
  },
};

/**
 * A login from an address that this account never used before. The first address of an account is a fact worth
 * a line , not an alarm; a further one is an alert. Keeps 5,000 accounts with 64 addresses each, the
 * ones not used longest are forgotten first (and are new again when they come back). ATT&CK T1078.
 */
export function newAddress(): Detector {
  const users = new BoundedMap<string[]>(USERS);
  return {
    rule: RULE,
    about: [ABOUT],
    wants: 'attempt',
    observe({ record, attempt }: Observation, report: Report) {
      if (attempt?.outcome !== 'success' || attempt.address === '' || attempt.user === '') return;
      const usual = users.get(attempt.user) ?? [];
      const at = usual.indexOf(attempt.address);
      if (at >= 0) usual.splice(at, 1);
      if (at < 0) {
        const first = usual.length === 0;
        const account = quoteName(attempt.user);
        report(
          single(
            {
              rule: RULE,
              title: first ? 'First login of an account' : 'Login from a new address',
              level: 'low',
              techniques: ['T1078'],
            },
            record,
            known({
              'source.address': attempt.address,
              'user.name': attempt.user,
              'host.name': attempt.host,
            }),
            first
              ? `First login of ${account} that is on record, from ${attempt.address} to ${attempt.host}.`
              : `${account} logged in to ${attempt.host} from ${attempt.address} for the first time. ` +
                  `Usual until now: ${usual.slice(-3).reverse().join(', ')}. Next: ask the person; if it was not them, ` +
                  'end the session and change the credentials.',
          ),
        );
      }
      usual.push(ownString(attempt.address));
      if (usual.length > ADDRESSES_PER_USER) usual.shift();
      users.set(attempt.user, usual);
    },
    snapshot: () => users.snapshot(),
    restore: (state) => users.restore(state),
  };
}
