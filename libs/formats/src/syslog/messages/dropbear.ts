import type { Event } from '@suite/event';
import { splitPeer } from '../../services/form.ts';
import type { Peer } from './address.ts';
import type { MessageParser } from './message-parser.ts';
import { vouch } from './sshd/outcome.ts';

interface Form {
  /** Anchored; groups `user`, `peer` (`ADDRESS:PORT`, IPv6 without brackets), `key`. */
  readonly pattern: RegExp;
  say(event: Event, peer: Peer | null, user: string | null): true;
  readonly method?: string;
}

/** `ADDRESS:PORT`: the end of the line is dropbear's, whatever the name before it says. */
const FROM = ' from (?<peer>[0-9A-Fa-f:.]{2,64}:\\d{1,5})$';
const QUOTED = "'(?<user>.*)'";

const failure = (reason: string | null) => (event: Event, peer: Peer | null, user: string | null) =>
  vouch(event, 'ssh_login', 'failure', reason, peer, user);
const success = (event: Event, peer: Peer | null, user: string | null) =>
  vouch(event, 'ssh_login', 'success', null, peer, user);
const ended = (reason: string) => (event: Event, peer: Peer | null, user: string | null) =>
  vouch(event, 'ssh_disconnect', 'unknown', reason, peer, user);

const FORMS: readonly Form[] = [
  {
    pattern: new RegExp(`^[Bb]ad (?:PAM )?password attempt for ${QUOTED}${FROM}`, 's'),
    say: failure(null),
    method: 'password',
  },
  {
    pattern: new RegExp(`^(?:PAM )?[Pp]assword auth succeeded for ${QUOTED}${FROM}`, 's'),
    say: success,
    method: 'password',
  },
  {
    pattern: new RegExp(
      `^[Pp]ubkey auth succeeded for ${QUOTED} with (?:\\S{1,64} )?key (?<key>.{1,160}?)${FROM}`,
      's',
    ),
    say: success,
    method: 'publickey',
  },
  {
    pattern: new RegExp(`^Auth succeeded with blank password for ${QUOTED}${FROM}`, 's'),
    say: success,
    method: 'none',
  },
  {
    pattern: new RegExp(`^[Ll]ogin attempt for nonexistent user(?: ${QUOTED})?${FROM}`, 's'),
    say: (event, peer, user) => vouch(event, 'ssh_invalid_user', 'failure', 'invalid_user', peer, user),
  },
  {
    pattern: new RegExp(`^[Ll]ogin attempt with wrong user (?<user>.*)${FROM}`, 's'),
    say: (event, peer, user) => vouch(event, 'ssh_denied', 'failure', 'wrong_user', peer, user),
  },
  {
    pattern: new RegExp(`^Public key auth attempt with unknown algo for ${QUOTED}${FROM}`, 's'),
    say: (event, peer, user) => vouch(event, 'ssh_denied', 'failure', 'key_type', peer, user),
  },
  {
    pattern: /^Child connection from (?<peer>[0-9A-Fa-f:.]{2,64}:\d{1,5})$/,
    say: (event, peer) => vouch(event, 'ssh_connection', 'unknown', null, peer),
  },
  {
    pattern: /^root login rejected$/,
    say: (event) => vouch(event, 'ssh_denied', 'failure', 'root_login', null, 'root'),
  },
  {
    pattern: /^User '(?<user>.*)' has invalid shell, rejected$/s,
    say: (event, peer, user) => vouch(event, 'ssh_denied', 'failure', 'shell', peer, user),
  },
  {
    pattern: /^[Uu]ser '(?<user>.*)' has blank password, rejected$/s,
    say: (event, peer, user) => vouch(event, 'ssh_denied', 'failure', 'no_password', peer, user),
  },
  {
    pattern: /^User account '(?<user>.*)' is locked$/s,
    say: (event, peer, user) => vouch(event, 'ssh_denied', 'failure', 'account_locked', peer, user),
  },
  // Since 2019 the address stands in front, before that only in the reason that some exits have at the end.
  {
    pattern:
      /^[Ee]xit before auth from <(?<peer>[0-9A-Fa-f:.]{2,64}:\d{1,5})>: \(user '(?<user>.*)', \d{1,6} fails\): Max auth tries reached.*$/s,
    say: (event, peer, user) => vouch(event, 'ssh_limit', 'failure', 'max_auth_tries', peer, user),
  },
  {
    pattern: new RegExp(
      `^[Ee]xit before auth \\(user '(?<user>.*)', \\d{1,6} fails\\): Max auth tries reached - user '.*'${FROM}`,
      's',
    ),
    say: (event, peer, user) => vouch(event, 'ssh_limit', 'failure', 'max_auth_tries', peer, user),
  },
  {
    pattern:
      /^[Ee]xit before auth from <(?<peer>[0-9A-Fa-f:.]{2,64}:\d{1,5})>: (?:\(user '(?<user>.*)', \d{1,6} fails\): )?(?:Bad (?:remote|version|kex|hmac|packet)|No matching algo|Incompatible remote version|Integrity error|Remote closed the connection before|bad packet|Bad algo).{0,200}$/s,
    say: (event, peer) => vouch(event, 'ssh_negotiation', 'failure', 'protocol_error', peer),
  },
  {
    pattern:
      /^[Ee]xit before auth from <(?<peer>[0-9A-Fa-f:.]{2,64}:\d{1,5})>: \(user '(?<user>.*)', \d{1,6} fails\): .*$/s,
    say: ended('exit_before_auth'),
  },
  {
    pattern: /^[Ee]xit before auth from <(?<peer>[0-9A-Fa-f:.]{2,64}:\d{1,5})>: .*$/s,
    say: ended('exit_before_auth'),
  },
  {
    pattern: /^[Ee]xit before auth \(user '(?<user>.*)', \d{1,6} fails\): .*$/s,
    say: ended('exit_before_auth'),
  },
  { pattern: /^[Ee]xit before auth: .*$/s, say: ended('exit_before_auth') },
  {
    pattern: /^[Ee]xit \((?<user>[^()]{1,256})\) from <(?<peer>[0-9A-Fa-f:.]{2,64}:\d{1,5})>: .*$/s,
    say: ended('exit'),
  },
  { pattern: /^[Ee]xit (?:after auth )?\((?<user>[^()]{1,256})\): .*$/s, say: ended('exit') },
];

const LONGEST_CHARS = 2048;

/** Dropbear 0.4x to 2025 (svr-auth.c, svr-authpasswd.c, svr-authpubkey.c, svr-session.c); the actions are sshd's. */
export const dropbear: MessageParser = {
  name: 'dropbear',
  programs: ['dropbear'],
  parse(message, event) {
    if (message.length > LONGEST_CHARS) return false;
    for (const { pattern, say, method } of FORMS) {
      const match = pattern.exec(message);
      if (match === null) continue;
      const { user, peer: at, key } = match.groups ?? {};
      const found = at === undefined ? null : peerOf(at);
      if (at !== undefined && found === null) return false;
      say(event, found, user ?? null);
      if (method !== undefined) event['auth.method'] = method;
      const fingerprint =
        key === undefined
          ? undefined
          : /(?:SHA256:[A-Za-z0-9+/=]{20,64}|(?:[0-9a-f]{2}:){15,63}[0-9a-f]{2})$/.exec(key)?.[0];
      if (fingerprint !== undefined) event['auth.key.fingerprint'] = fingerprint;
      return true;
    }
    return false;
  },
};

/** An IPv6 address stands without brackets: the port is what follows the last colon. */
function peerOf(text: string): Peer | null {
  const colon = text.lastIndexOf(':');
  const address = splitPeer(text.slice(0, colon));
  const port = Number(text.slice(colon + 1));
  return address === null || port > 65_535 ? null : { start: 0, end: 0, address: address.address, port };
}
