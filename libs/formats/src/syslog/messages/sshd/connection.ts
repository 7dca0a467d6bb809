import type { Event } from '@suite/event';
import { isAddress, isHost, type Peer, peerAt, peerEndingAt, tokenStart, unmapped } from '../address.ts';
import { vouch } from './outcome.ts';
import { type RemoteId, remoteIdBeforeColon, remoteIdToEnd } from './remote-id.ts';

/** `Connection from|closed by|reset by …` (sshd.c, packet.c, misc of all versions). */
export function connection(text: string, event: Event): boolean {
  if (text.startsWith('Connection from ')) return connectionFrom(text, 16, event);
  if (text.startsWith('Connection closed by ')) return ended(text, 21, 'connection_closed', event);
  if (text.startsWith('Connection reset by ')) return ended(text, 20, 'connection_reset', event);
  return false;
}

/** `Connection from A port N[ on L port M[ rdomain "R"]]`, `… timed out`, `…: ERROR`. */
export function connectionFrom(
  text: string,
  start: number,
  event: Event,
  reason = 'protocol_error',
): boolean {
  if (text.endsWith(' timed out')) {
    return disconnect(remoteIdToEnd(text, start, text.length - 10), 'timeout', event);
  }
  const peer = peerAt(text, start);
  if (peer !== null) {
    if (peer.end === text.length) return vouch(event, 'ssh_connection', 'unknown', null, peer);
    if (text.startsWith(' on ', peer.end)) {
      const local = peerAt(text, peer.end + 4);
      if (local === null) return false;
      event['destination.address'] = local.address;
      event['destination.port'] = local.port;
      return vouch(event, 'ssh_connection', 'unknown', null, peer);
    }
  }
  const id = remoteIdBeforeColon(text, start);
  if (id === null) return false;
  return vouch(event, 'ssh_negotiation', 'failure', reason, id.peer, id.user);
}

/** `Disconnected from …`, `Disconnecting …`. */
export function disconnected(text: string, event: Event): boolean {
  if (text.startsWith('Disconnected from ')) return ended(text, 18, 'disconnected', event);
  return false;
}

export function disconnecting(text: string, event: Event): boolean {
  if (text.startsWith('Disconnecting: ')) return disconnectingBecause(text, 15, null, event);
  const id = remoteIdBeforeColon(text, 14);
  if (id === null) return false;
  const wordsAt = id.peer === null ? text.indexOf(': ', 14) + 2 : id.peer.end + 2;
  return disconnectingBecause(text, wordsAt, id, event);
}

function disconnectingBecause(text: string, at: number, id: RemoteId | null, event: Event): true {
  if (text.startsWith(TOO_MANY, at)) return tooManyFailures(text, at, id, event);
  const reason = text.startsWith('Change of username or service', at) ? 'username_changed' : 'disconnecting';
  return vouch(event, 'ssh_disconnect', 'failure', reason, id?.peer, id?.user);
}

const TOO_MANY = 'Too many authentication failures';

/**
 * `Too many authentication failures`, up to 7.4 with ` for NAME`, from 6.8 to 7.4 with ` for NAME from A port N ssh2`.
 * The two can imitate each other, so the second names nobody: `maximum authentication attempts exceeded` stands beside it.
 */
export function tooManyFailures(text: string, at: number, id: RemoteId | null, event: Event): true {
  const nameAt = at + TOO_MANY.length + 5;
  const named = text.startsWith(' for ', nameAt - 5) && !text.endsWith(' ssh2');
  const user = id?.user ?? (named ? text.slice(nameAt) : null);
  return vouch(event, 'ssh_limit', 'failure', 'too_many_authentication_failures', id?.peer, user);
}

/** `Received disconnect from A port N:CODE: WORDS`; before 7.0 `Received disconnect from A: CODE: WORDS`. */
export function receivedDisconnect(text: string, event: Event): boolean {
  const start = 25;
  const peer = peerAt(text, start) ?? addressBeforeColon(text, start);
  if (peer === null || text.charCodeAt(peer.end) !== 58) return false;
  const code = /^: ?(\d{1,3}): /.exec(text.slice(peer.end, peer.end + 8))?.[1];
  if (code !== undefined) event['ssh.disconnect.code'] = Number(code);
  return vouch(event, 'ssh_disconnect', 'unknown', 'received_disconnect', peer);
}

function addressBeforeColon(text: string, start: number): Peer | null {
  // IPv6 has colons of its own: the address ends at the first `: `.
  const end = text.indexOf(': ', start);
  if (end < 0 || !isAddress(text, start, end)) return null;
  return { start, end, address: text.slice(start, end), port: 0 };
}

/** `Timeout before authentication for A[ port N]`, since 9.8 `… for connection from A to L, pid = N[ (early)]`. */
export function timeoutBeforeAuthentication(text: string, event: Event): boolean {
  const start = 34;
  if (text.startsWith('connection from ', start)) return ofChild(text, start, 'login_grace_time', event);
  const end = text.charCodeAt(text.length - 1) === 46 ? text.length - 1 : text.length;
  return peerAlone(text, start, end, 'ssh_disconnect', 'login_grace_time', event);
}

/** `session process N for connection from A to L killed by signal S`, `Session process N unpriv child crash for …`. */
export function sessionProcess(text: string, event: Event): boolean {
  const head = /^[Ss]ession process \d{1,10} (?:unpriv child crash )?for (?=connection from )/.exec(
    text.slice(0, 80),
  );
  return head !== null && ofChild(text, head[0].length, 'session_process_died', event);
}

/** A connection by the listener's name for it: `connection from A to L`. */
function ofChild(text: string, start: number, reason: string, event: Event): boolean {
  const at = start + 16;
  const end = text.indexOf(' to ', at);
  if (end < 0 || !isAddress(text, at, end)) return false;
  const peer = { start: at, end, address: text.slice(at, end), port: 0 };
  return vouch(event, 'ssh_disconnect', 'failure', reason, peer);
}

/** `Timeout, client not responding[ from ID][.]` (serverloop.c). */
export function clientAliveTimeout(text: string, event: Event): boolean {
  const id = text.startsWith(' from ', 30) ? remoteIdToEnd(text, 36, text.length) : null;
  return vouch(event, 'ssh_disconnect', 'unknown', 'client_alive_timeout', id?.peer, id?.user);
}

/** Text[start, end) is `A[ port N]` and nothing else. */
export function peerAlone(
  text: string,
  start: number,
  end: number,
  action: string,
  reason: string,
  event: Event,
): boolean {
  const id = remoteIdToEnd(text, start, end);
  if (id === null || id.peer === null || id.peer.start !== start) return false;
  return vouch(event, action, 'failure', reason, id.peer);
}

/** `… from A[ port N]` at the very end, whatever stands before it. */
export function peerAfterFrom(text: string, end: number): Peer | null {
  const peer = peerEndingAt(text, end);
  const start = peer?.start ?? tokenStart(text, end);
  if (!text.endsWith(' from ', start) && text.slice(Math.max(0, start - 6), start) !== ' from ') return null;
  if (peer !== null) return peer;
  if (!isAddress(text, start, end)) return null;
  return { start, end, address: text.slice(start, end), port: 0 };
}

/** tcp_wrappers: `refused connect from HOST[ (ADDRESS)]`. */
export function refusedConnect(text: string, event: Event): boolean {
  const start = 21;
  const end = text.length;
  const open = text.indexOf(' (', start);
  if (open > 0 && text.charCodeAt(end - 1) === 41 && isAddress(text, open + 2, end - 1)) {
    const peer = { start: open + 2, end: end - 1, address: unmapped(text.slice(open + 2, end - 1)), port: 0 };
    return vouch(event, 'ssh_denied', 'failure', 'tcp_wrappers', peer);
  }
  if (!isHost(text, start, end)) return false;
  const peer = { start, end, address: text.slice(start, end), port: 0 };
  return vouch(event, 'ssh_denied', 'failure', 'tcp_wrappers', peer);
}

function ended(text: string, start: number, reason: string, event: Event): boolean {
  return disconnect(remoteIdToEnd(text, start, text.length), reason, event);
}

function disconnect(id: RemoteId | null, reason: string, event: Event): boolean {
  if (id === null) return false;
  if (id.invalid) event['user.invalid'] = true;
  return vouch(event, 'ssh_disconnect', 'unknown', reason, id.peer, id.user);
}
