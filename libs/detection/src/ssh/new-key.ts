import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import { boundedString, ownString } from '../own-string.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';

const SHAPE = {
  rule: 'login-new-key',
  title: 'Login with a new key',
  level: 'medium',
  techniques: ['T1098.004', 'T1078'],
} as const;
const USERS = 5_000;
const KEYS_PER_USER = 64;
const KEY_CHARS = 128;

const KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

const ABOUT: RuleAbout = {
  ...SHAPE,
  levels: ['medium'],
  source: 'sshd (auth.log, journald)',
  why: 'An account that always logged in with certain keys was used with another one: somebody added a key for themselves.',
  falsePositives: ['A new computer, a new key of a person who has several.'],
  next: 'Compare the fingerprint with the keys in authorized_keys (ssh-keygen -lf); remove the line that nobody knows.',
  keeps: '5,000 accounts with 64 fingerprints each; the ones not used longest are forgotten first.',
  examples: {
    match: [
      {
        name: 'a second key',
        log: `Jan 10 09:00:01 node1 sshd[101]: Accepted publickey for anna from 192.0.2.7 port 40001 ssh2: ED25519 SHA256:${KEY}
Jan 11 09:00:01 node1 sshd[102]: Accepted publickey for anna from 192.0.2.7 port 40002 ssh2: RSA SHA256:B${KEY.slice(1)}`,
      },
    ],
    ignore: [
      {
        name: 'the same key again',
        log: `Jan 10 09:00:01 node1 sshd[101]: Accepted publickey for anna from 192.0.2.7 port 40001 ssh2: ED25519 SHA256:${KEY}
Jan 11 09:00:01 node1 sshd[102]: Accepted publickey for anna from 192.0.2.7 port 40002 ssh2: ED25519 SHA256:${KEY}`,
      },
    ],
  },
};

/** A login with a public key that the account never used, after it used others. */
export function newKey(): Detector {
  const users = new BoundedMap<string[]>(USERS);
  return {
    rule: SHAPE.rule,
    about: [ABOUT],
    wants: ['ssh_login'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const key = boundedString(event['auth.key.fingerprint'] ?? '', KEY_CHARS);
      const user = event['user.name'] ?? '';
      if (event['event.outcome'] !== 'success' || key === '' || user === '') return;
      const usual = users.get(user) ?? [];
      const at = usual.indexOf(key);
      if (at >= 0) usual.splice(at, 1);
      else if (usual.length > 0) {
        const host = event['host.name'] ?? record.origin.host;
        report(
          single(
            SHAPE,
            record,
            known({
              'source.address': event['source.address'],
              'user.name': user,
              'host.name': host,
              'auth.key.fingerprint': key,
            }),
            `${quoteName(user)} logged in to ${host} with a key that the account never used (${quoteName(key)}). Until now it ` +
              `used ${usual.length === 1 ? 'one key' : `${usual.length} keys`}. Next: compare with authorized_keys (ssh-keygen -lf), and remove the key ` +
              'if nobody knows it.',
          ),
        );
      }
      usual.push(ownString(key));
      if (usual.length > KEYS_PER_USER) usual.shift();
      users.set(user, usual);
    },
    snapshot: () => users.snapshot(),
    restore: (state) => users.restore(state),
  };
}
