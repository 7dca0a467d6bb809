import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileWords } from './fixtures/hostile.ts';
import { parseOne } from './parse-one.ts';

const FROM = 'from 203.0.113.9:4711';
const KEY = 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU';

describe('dropbear', () => {
  it.each([
    [`Child connection ${FROM}`, 'ssh_connection', 'unknown', undefined],
    [`Bad password attempt for 'root' ${FROM}`, 'ssh_login', 'failure', 'root'],
    [`bad password attempt for 'root' ${FROM}`, 'ssh_login', 'failure', 'root'],
    [`Bad PAM password attempt for 'root' ${FROM}`, 'ssh_login', 'failure', 'root'],
    [`Password auth succeeded for 'root' ${FROM}`, 'ssh_login', 'success', 'root'],
    [`PAM password auth succeeded for 'root' ${FROM}`, 'ssh_login', 'success', 'root'],
    [`Pubkey auth succeeded for 'root' with ssh-ed25519 key ${KEY} ${FROM}`, 'ssh_login', 'success', 'root'],
    [
      `Pubkey auth succeeded for 'root' with key sha1!! 00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33 ${FROM}`,
      'ssh_login',
      'success',
      'root',
    ],
    [`Login attempt for nonexistent user ${FROM}`, 'ssh_invalid_user', 'failure', undefined],
    [`login attempt for nonexistent user ${FROM}`, 'ssh_invalid_user', 'failure', undefined],
    [`Login attempt with wrong user bob ${FROM}`, 'ssh_denied', 'failure', 'bob'],
    [
      `Exit before auth from <203.0.113.9:4711>: (user 'root', 5 fails): Max auth tries reached - user 'root' ${FROM}`,
      'ssh_limit',
      'failure',
      'root',
    ],
    [
      `Exit before auth (user 'root', 5 fails): Max auth tries reached - user 'root' ${FROM}`,
      'ssh_limit',
      'failure',
      'root',
    ],
    [
      "Exit before auth from <203.0.113.9:4711>: (user 'root', 1 fails): Exited normally",
      'ssh_disconnect',
      'unknown',
      'root',
    ],
    ['Exit before auth from <203.0.113.9:4711>: Exited normally', 'ssh_disconnect', 'unknown', undefined],
    [
      'Exit before auth from <203.0.113.9:4711>: No matching algo kex',
      'ssh_negotiation',
      'failure',
      undefined,
    ],
    ['Exit (root) from <203.0.113.9:4711>: Disconnect received', 'ssh_disconnect', 'unknown', 'root'],
  ])('%s', (message, action, outcome, user) => {
    const { format, event } = parseOne('dropbear[812]', message);
    expect(format).toBe('dropbear');
    expect(event).toMatchObject({
      'event.action': action,
      'event.outcome': outcome,
      'source.address': '203.0.113.9',
      'source.port': 4711,
    });
    expect(event['user.name']).toBe(user);
  });

  it('keeps an IPv6 address and the key', () => {
    const { event } = parseOne(
      'dropbear[1]',
      `Pubkey auth succeeded for 'root' with ssh-ed25519 key ${KEY} from 2001:db8::9:4711`,
    );
    expect(event).toMatchObject({
      'source.address': '2001:db8::9',
      'source.port': 4711,
      'auth.method': 'publickey',
      'auth.key.fingerprint': KEY,
    });
  });

  it.each([
    'Running in background',
    'Bad password attempt for root from 203.0.113.9:4711',
    "Bad password attempt for 'root' from nowhere:1",
    'Exited',
  ])('vouches for nothing but the frame: %s', (message) => {
    expect(parseOne('dropbear[1]', message).format).toBe('syslog');
  });

  it('keeps its address and outcome whatever the account is called', () => {
    fc.assert(
      fc.property(hostileWords, (name) => {
        for (const line of [
          `Bad password attempt for '${name}' ${FROM}`,
          `Login attempt with wrong user ${name} ${FROM}`,
        ]) {
          const { event } = parseOne('dropbear[1]', line);
          expect(['203.0.113.9', undefined]).toContain(event['source.address']);
          expect(event['event.outcome']).toBe('failure');
        }
        const exit = parseOne(
          'dropbear[1]',
          `Exit before auth from <203.0.113.9:4711>: (user '${name}', 2 fails): Exited normally`,
        );
        expect(exit.event['source.address']).toBe('203.0.113.9');
        expect(exit.event['event.outcome']).not.toBe('success');
      }),
    );
  });
});
