import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import { networkOf } from '../network.ts';
import { ownString } from '../own-string.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { single } from '../single.ts';
import { quoteName } from '../wording.ts';

const SHAPE = {
  rule: 'login-new-network',
  title: 'Login from a new network',
  level: 'medium',
  techniques: ['T1078'],
} as const;
const USERS = 5_000;
const NETWORKS_PER_USER = 32;

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium'],
  source: 'sshd (auth.log, journald)',
  why: 'An account that always came from certain networks (/24 of IPv4, /48 of IPv6) was used from another one: more than the new address that a provider hands out overnight.',
  falsePositives: ['Travelling, mobile networks, a VPN.'],
  next: 'Ask the person; if it was not them, end the session and change the credentials.',
  keeps: '5,000 accounts with 32 networks each; the ones not used longest are forgotten first.',
  examples: {
    match: [
      {
        name: 'from home, then from elsewhere',
        log: `Jan 10 09:00:01 node1 sshd[101]: Accepted password for anna from 192.0.2.7 port 40001 ssh2
Jan 11 09:00:01 node1 sshd[102]: Accepted password for anna from 203.0.113.9 port 40002 ssh2`,
      },
      {
        name: 'the same over IPv6',
        log: `Jan 10 09:00:01 node1 sshd[101]: Accepted password for anna from 2001:db8:1:1::7 port 40001 ssh2
Jan 11 09:00:01 node1 sshd[102]: Accepted password for anna from 2001:db8:2:1::7 port 40002 ssh2`,
      },
    ],
    ignore: [
      {
        name: 'another address of the same network',
        log: `Jan 10 09:00:01 node1 sshd[101]: Accepted password for anna from 192.0.2.7 port 40001 ssh2
Jan 11 09:00:01 node1 sshd[102]: Accepted password for anna from 192.0.2.99 port 40002 ssh2`,
      },
      {
        name: 'the first login of an account',
        log: 'Jan 10 09:00:01 node1 sshd[101]: Accepted password for anna from 192.0.2.7 port 40001 ssh2',
      },
    ],
  },
};

/** A login from a network that the account never used, after it used others. */
export function newNetwork(): Detector {
  const users = new BoundedMap<string[]>(USERS);
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: 'attempt',
    observe({ record, attempt }: Observation, report: Report) {
      if (attempt?.outcome !== 'success' || attempt.address === '' || attempt.user === '') return;
      const network = networkOf(attempt.address);
      const usual = users.get(attempt.user) ?? [];
      const at = usual.indexOf(network);
      if (at >= 0) usual.splice(at, 1);
      else if (usual.length > 0)
        report(
          single(
            SHAPE,
            record,
            { 'source.address': attempt.address, 'user.name': attempt.user, 'host.name': attempt.host },
            `${quoteName(attempt.user)} logged in to ${attempt.host} from ${attempt.address}, in a network (${network}) that the ` +
              `account never used. Usual until now: ${usual.slice(-3).reverse().join(', ')}. Next: ask the person; if it was ` +
              'not them, end the session and change the credentials.',
          ),
        );
      usual.push(ownString(network));
      if (usual.length > NETWORKS_PER_USER) usual.shift();
      users.set(attempt.user, usual);
    },
    snapshot: () => users.snapshot(),
    restore: (state) => users.restore(state),
  };
}
