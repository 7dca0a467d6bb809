import type { Event } from '@suite/event';
import { isAddress, isHost, type Peer } from '../address.ts';
import { peerAfterFrom, peerAlone } from './connection.ts';
import { isFingerprint, word } from './key-info.ts';
import { vouch } from './outcome.ts';

/** `Invalid user NAME from A[ port N]` (3.x: `Illegal user`); NAME is the attacker's, the end is sshd's. */
export function invalidUser(text: string, event: Event): boolean {
  const peer = peerAfterFrom(text, text.length);
  if (peer === null) {
    // `from UNKNOWN` is all that is known of a peer that has gone.
    return text.endsWith(' from UNKNOWN') && vouch(event, 'ssh_invalid_user', 'failure', 'invalid_user');
  }
  if (peer.start - 6 < 13) return false;
  return vouch(event, 'ssh_invalid_user', 'failure', 'invalid_user', peer, text.slice(13, peer.start - 6));
}

/** `input_userauth_request: invalid user NAME`: a name to the end of the line, no address. */
export function userauthRequest(text: string, event: Event): boolean {
  const at = 'input_userauth_request: '.length;
  if (!text.startsWith('invalid user', at) && !text.startsWith('illegal user', at)) return false;
  return vouch(event, 'ssh_invalid_user', 'failure', 'invalid_user', null, text.slice(at + 13));
}

const BY_LIST = new Map([
  ['listed in DenyUsers', 'deny_users'],
  ['not listed in AllowUsers', 'allow_users'],
  ['not in any group', 'no_group'],
  ['a group is listed in DenyGroups', 'deny_groups'],
  ["none of user's groups are listed in AllowGroups", 'allow_groups'],
]);

/** `User NAME from HOST not allowed because REASON`; only the reasons of lists name a host. */
export function userNotAllowed(text: string, event: Event): boolean {
  const at = text.lastIndexOf(' not allowed because ');
  if (at < 5) return otherUser(text, event);
  const why = text.slice(at + 21);
  const reason = BY_LIST.get(why);
  if (reason !== undefined) {
    const hostAt = text.lastIndexOf(' from ', at) + 6;
    if (hostAt < 11 || !isHost(text, hostAt, at)) return vouch(event, 'ssh_denied', 'failure', reason);
    const peer: Peer = { start: hostAt, end: at, address: text.slice(hostAt, at), port: 0 };
    return vouch(event, 'ssh_denied', 'failure', reason, peer, text.slice(5, hostAt - 6));
  }
  if (why === 'account is locked') {
    return vouch(event, 'ssh_denied', 'failure', 'account_locked', null, text.slice(5, at));
  }
  if (!why.startsWith('shell ')) return false;
  return vouch(event, 'ssh_denied', 'failure', 'shell', null, text.slice(5, at));
}

function otherUser(text: string, event: Event): boolean {
  const expired = text.indexOf(' password has expired');
  if (expired > 5)
    return vouch(event, 'ssh_denied', 'failure', 'password_expired', null, text.slice(5, expired));
  const irregular = text.indexOf(' is not a regular file');
  if (irregular > 5) return vouch(event, 'ssh_denied', 'failure', 'key_file');
  return false;
}

/** `Account NAME has expired`. */
export function accountExpired(text: string, event: Event): boolean {
  if (!text.endsWith(' has expired') || text.length < 21) return false;
  return vouch(event, 'ssh_denied', 'failure', 'account_expired', null, text.slice(8, text.length - 12));
}

/** `Access denied for user NAME by PAM account configuration`. */
export function accessDenied(text: string, event: Event): boolean {
  if (!text.startsWith('Access denied for user ')) return false;
  const end = text.lastIndexOf(' by PAM account configuration');
  return end >= 23 && vouch(event, 'ssh_denied', 'failure', 'pam_account', null, text.slice(23, end));
}

/** `ROOT LOGIN REFUSED FROM A[ port N]`. */
export function rootRefused(text: string, event: Event): boolean {
  if (!text.startsWith('ROOT LOGIN REFUSED FROM ')) return false;
  event['user.name'] = 'root';
  if (peerAlone(text, 24, text.length, 'ssh_denied', 'root_login', event)) return true;
  const peer = isHost(text, 24, text.length)
    ? { start: 24, end: text.length, address: text.slice(24), port: 0 }
    : null;
  return vouch(event, 'ssh_denied', 'failure', 'root_login', peer);
}

/** `Authentication refused…`, `Authentication tried for NAME with … but not from a permitted …`, revoked keys. */
export function authentication(text: string, event: Event): boolean {
  if (text.startsWith('Authentication refused')) {
    return vouch(event, 'ssh_denied', 'failure', text.includes('bad owner') ? 'bad_ownership' : 'refused');
  }
  if (text.startsWith('Authentication key ')) {
    const key = text.slice(19).split(' ', 2)[1] ?? '';
    if (isFingerprint(key)) event['auth.key.fingerprint'] = key;
    return text.includes(' revoked by file ') && vouch(event, 'ssh_denied', 'failure', 'key_revoked');
  }
  return notPermittedHost(text, 0, event);
}

/** The same with where the key stands before it: `FILE:LINE: Authentication tried for …` (since 7.7). */
export function notPermittedHost(text: string, at: number, event: Event): boolean {
  if (!text.startsWith('Authentication tried for ', at)) return false;
  const nameEnd = text.indexOf(' with ', at + 25);
  const tail =
    /(?:, ip=|\(ip=|source address \()([0-9A-Fa-f:.%\w]{2,64})(?:, required=[^()]{0,1024})?\)\.?$/.exec(
      text.slice(-1200),
    );
  if (nameEnd < 0) return false;
  const address = tail?.[1] ?? '';
  const peer = isAddress(address, 0, address.length) ? { start: 0, end: 0, address, port: 0 } : null;
  return vouch(event, 'ssh_denied', 'failure', 'host_not_permitted', peer, text.slice(at + 25, nameEnd));
}

/** `maximum authentication attempts exceeded for [invalid user ]NAME from A port N ssh2`. */
export function maximumAttempts(text: string, event: Event): boolean {
  if (!text.startsWith('maximum authentication attempts exceeded for ')) return false;
  const end = text.endsWith(' ssh2') ? text.length - 5 : text.length;
  const peer = peerAfterFrom(text, end);
  if (peer === null) return vouch(event, 'ssh_limit', 'failure', 'max_auth_tries');
  const start = text.startsWith('invalid user ', 45) ? 58 : 45;
  return vouch(event, 'ssh_limit', 'failure', 'max_auth_tries', peer, text.slice(start, peer.start - 6));
}

/** `PAM: ERROR for [illegal user |invalid user ]NAME from HOST` (auth-pam.c). */
export function pamError(text: string, event: Event): boolean {
  const forAt = text.indexOf(' for ');
  const fromAt = text.lastIndexOf(' from ');
  if (!text.startsWith('PAM: ') || forAt < 5 || fromAt < forAt + 5 || forAt > 128) return false;
  if (!isHost(text, fromAt + 6, text.length)) return false;
  let start = forAt + 5;
  const invalid = text.startsWith('illegal user ', start) || text.startsWith('invalid user ', start);
  if (invalid) start += 13;
  const peer = { start: fromAt + 6, end: text.length, address: text.slice(fromAt + 6), port: 0 };
  const failed = text.startsWith('Authentication', 5) || text.startsWith('User not known', 5);
  const reason = invalid ? 'invalid_user' : text.slice(5, forAt);
  return vouch(
    event,
    failed ? 'pam_auth' : 'pam_account',
    'failure',
    reason,
    peer,
    text.slice(start, fromAt),
  );
}

/** `Accepted key TYPE FP found at FILE:LINE`, `Accepted certificate ID …`: a key is known, nobody is in yet. */
export function acceptedKey(text: string, event: Event): boolean {
  if (text.startsWith('Accepted certificate ID '))
    return vouch(event, 'ssh_key', 'unknown', 'certificate_known');
  if (!text.startsWith('Accepted key ')) return false;
  const fingerprint = word(text, text.indexOf(' ', 13) + 1);
  if (!isFingerprint(fingerprint)) return false;
  event['auth.key.fingerprint'] = fingerprint;
  return vouch(event, 'ssh_key', 'unknown', 'key_known');
}

/** `Found matching TYPE key: FP`. */
export function foundKey(text: string, event: Event): boolean {
  const at = text.indexOf(' key: ');
  const fingerprint = at < 0 || at > 40 ? '' : text.slice(at + 6);
  if (!text.startsWith('Found matching ') || !isFingerprint(fingerprint)) return false;
  event['auth.key.fingerprint'] = fingerprint;
  return vouch(event, 'ssh_key', 'unknown', 'key_known');
}

/**
 * A refused port forward: `refused local port forward: originator A port N, target …`, `Received request [from A
 * port N ]to connect to host … , but the request was denied.` The originator is the client's claim: no address.
 */
export function forwardDenied(text: string, event: Event): boolean {
  const refused = /^refused (?:local|streamlocal) port forward: originator /.test(text.slice(0, 64));
  const denied = text.startsWith('Received request ') && text.endsWith(', but the request was denied.');
  return (refused || denied) && vouch(event, 'ssh_denied', 'failure', 'forward');
}

/** `Certificate invalid: …`, `Refusing certificate ID …`, `userauth_hostbased mismatch: client sends …`. */
export function credentialRefused(text: string, event: Event): boolean {
  if (text.startsWith('Certificate invalid: ') || text.startsWith('Refusing certificate ID ')) {
    return vouch(event, 'ssh_denied', 'failure', 'certificate');
  }
  return (
    text.startsWith('userauth_hostbased mismatch: ') &&
    vouch(event, 'ssh_denied', 'failure', 'hostbased_mismatch')
  );
}

/** Debian's ssh-vulnkey: `Public key FINGERPRINT[ from A] blacklisted (see ssh-vulnkey(1))`. */
export function blacklistedKey(text: string, event: Event): boolean {
  const match =
    /^Public key ([0-9A-Fa-f:]{16,64})(?: from (\S{2,64}))? blacklisted \(see ssh-vulnkey\(1\)\)/.exec(
      text.slice(0, 256),
    );
  if (match === null) return false;
  const [, fingerprint = '', address = ''] = match;
  if (isFingerprint(fingerprint)) event['auth.key.fingerprint'] = fingerprint;
  const peer = isAddress(address, 0, address.length) ? { start: 0, end: 0, address, port: 0 } : null;
  return vouch(event, 'ssh_denied', 'failure', 'key_blacklisted', peer);
}
