import type { Event } from '@suite/event';
import type { MessageParser } from './message-parser.ts';
import * as connection from './sshd/connection.ts';
import * as denied from './sshd/denied.ts';
import * as limit from './sshd/limit.ts';
import { login } from './sshd/login.ts';
import * as negotiation from './sshd/negotiation.ts';
import { vouch } from './sshd/outcome.ts';
import { reverseMapping } from './sshd/reverse-mapping.ts';
import { server } from './sshd/server.ts';
import * as session from './sshd/session.ts';

type Family = (text: string, event: Event) => boolean;

/**
 * OpenSSH's sshd, 3.x to 10.x, by the first word of the message. The formats are those of its source (auth.c,
 * packet.c, sshd.c, sshd-session.c, kex.c, session.c, srclimit.c, auth-pam.c, canohost.c).
 */
const FAMILIES = new Map<string, Family>([
  ['Failed', (text, event) => login(text, event, 'Failed')],
  ['Accepted', (text, event) => denied.acceptedKey(text, event) || login(text, event, 'Accepted')],
  ['Postponed', (text, event) => login(text, event, 'Postponed')],
  ['Partial', (text, event) => login(text, event, 'Partial')],
  ['Invalid', (text, event) => text.startsWith('Invalid user ') && denied.invalidUser(text, event)],
  ['Illegal', (text, event) => text.startsWith('Illegal user ') && denied.invalidUser(text, event)],
  ['input_userauth_request:', denied.userauthRequest],
  ['Connection', connection.connection],
  ['Disconnected', connection.disconnected],
  ['Disconnecting', connection.disconnecting],
  ['Disconnecting:', connection.disconnecting],
  ['Received', received],
  ['Timeout', timeout],
  ['Timeout,', timeout],
  ['Closing', closing],
  ['Transferred:', (_, event) => vouch(event, 'ssh_disconnect', 'unknown', 'transferred')],
  ['refused', refused],
  ['Certificate', denied.credentialRefused],
  ['Refusing', denied.credentialRefused],
  ['userauth_hostbased', denied.credentialRefused],
  ['Did', negotiation.noIdentification],
  ['Bad', (text, event) => negotiation.bad(text, event) || server(text, event)],
  ['Unable', (text, event) => negotiation.unableToNegotiate(text, event) || server(text, event)],
  ['Protocol', negotiation.protocolMajor],
  ['probed', negotiation.probed],
  ['scanned', negotiation.probed],
  ['no', (text, event) => negotiation.noMatching(text, event) || server(text, event)],
  ['Corrupted', negotiation.corrupted],
  ['Read', negotiation.readError],
  ['Could', could],
  ['User', denied.userNotAllowed],
  ['Account', denied.accountExpired],
  ['Access', denied.accessDenied],
  ['ROOT', denied.rootRefused],
  ['Authentication', denied.authentication],
  ['maximum', denied.maximumAttempts],
  ['PAM:', denied.pamError],
  ['Found', denied.foundKey],
  [
    'userauth_pubkey:',
    (text, event) =>
      /(?:(?:key type|signature algorithm) \S{1,64} not in |unsupported public key algorithm: )/.test(
        text.slice(0, 160),
      ) && vouch(event, 'ssh_denied', 'failure', 'key_type'),
  ],
  [
    'WARNING:',
    (text, event) => text.includes('revoked key') && vouch(event, 'ssh_denied', 'failure', 'key_revoked'),
  ],
  [
    'Too',
    (text, event) =>
      text.startsWith('Too many authentication failures') && connection.tooManyFailures(text, 0, null, event),
  ],
  ['cert:', (text, event) => denied.credentialRefused(text.slice(6), event)],
  ['Public', denied.blacklistedKey],
  [
    'Login',
    (text, event) =>
      text.startsWith('Login name ') &&
      text.includes(' does not match stored username ') &&
      vouch(event, 'ssh_disconnect', 'failure', 'username_changed'),
  ],
  ['reverse', reverseMapping],
  ['Address', reverseMapping],
  ['Nasty', reverseMapping],
  ['drop', limit.dropConnection],
  ['beginning', limit.throttling],
  ['in', limit.throttling],
  ['exited', limit.throttling],
  ['srclimit_penalise:', limit.penalty],
  ['Starting', session.startingSession],
  ['Close', session.closeSession],
  ['subsystem', session.subsystemRequest],
  ['session', (text, event) => session.localSession(text, event) || connection.sessionProcess(text, event)],
  ['Session', connection.sessionProcess],
]);

/**
 * log.c hands at most 500 bytes to syslog (`%.500s`), after it has made up to four bytes of each control byte: a
 * long name can push the true address out, and end the line with an imitation that stands right at the cut.
 */
const CUT_LENGTH = 500;

/** Beginnings after which sshd writes the address before any word of the client's. */
const ADDRESS_FIRST =
  /^(?:Received disconnect from|Unable to negotiate with|Protocol major versions differ for|probed from|scanned from) /;

function distrustEnd(text: string, event: Event): void {
  const address = event['source.address'];
  if (address === undefined) return;
  const first = ADDRESS_FIRST.exec(text.slice(0, 48));
  if (first !== null && text.startsWith(address, first[0].length)) return;
  delete event['source.address'];
  delete event['source.port'];
  delete event['user.name'];
}

const LEVEL = /^(?:error|fatal|warning|info|verbose|debug[123]?): /;

export const sshd: MessageParser = {
  name: 'sshd',
  programs: ['sshd', 'sshd-session', 'sshd-auth', 'internal-sftp', 'sftp-server'],
  parse(message, event) {
    const text = bare(message);
    if (!family(text, event)) return false;
    if (message.length === CUT_LENGTH) distrustEnd(text, event);
    return true;
  },
};

function family(text: string, event: Event): boolean {
  const space = text.indexOf(' ');
  const parse = FAMILIES.get(space < 0 ? text : text.slice(0, Math.min(space, 24)));
  if (parse !== undefined) return parse(text, event);
  return negotiation.tagged(text, event) || keyFileLine(text, event) || server(text, event);
}

/** The message without its level in front and the monitor's ` [preauth]` behind. */
function bare(message: string): string {
  let start = 0;
  const c = message.charCodeAt(0);
  if (c >= 97 && c <= 122) start = LEVEL.exec(message.slice(0, 12))?.[0].length ?? 0;
  let end = message.length;
  if (message.charCodeAt(end - 1) === 93) {
    if (message.endsWith(' [preauth]')) end -= 10;
    else if (message.endsWith(' [postauth]')) end -= 11;
  }
  return start === 0 && end === message.length ? message : message.slice(start, end);
}

function received(text: string, event: Event): boolean {
  if (text.startsWith('Received disconnect from ')) return connection.receivedDisconnect(text, event);
  return denied.forwardDenied(text, event) || server(text, event);
}

function refused(text: string, event: Event): boolean {
  if (text.startsWith('refused connect from ')) return connection.refusedConnect(text, event);
  return denied.forwardDenied(text, event);
}

function timeout(text: string, event: Event): boolean {
  if (text.startsWith('Timeout before authentication for ')) {
    return connection.timeoutBeforeAuthentication(text, event);
  }
  return text.startsWith('Timeout, client not responding') && connection.clientAliveTimeout(text, event);
}

function closing(text: string, event: Event): boolean {
  if (!text.startsWith('Closing connection to ')) return false;
  return connection.peerAlone(text, 22, text.length, 'ssh_disconnect', 'closing', event);
}

function could(text: string, event: Event): boolean {
  if (text.startsWith('Could not write ident string to ')) return negotiation.couldNotWriteIdent(text, event);
  return reverseMapping(text, event) || server(text, event);
}

/** `FILE:LINE: Authentication tried for …` */
function keyFileLine(text: string, event: Event): boolean {
  const at = text.charCodeAt(0) === 47 ? text.indexOf(': Authentication tried for ') : -1;
  return at > 0 && denied.notPermittedHost(text, at + 2, event);
}
