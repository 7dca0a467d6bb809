import type { Event } from '@suite/event';
import { isAddress, peerEndingAt } from '../address.ts';
import { vouch } from './outcome.ts';

/** `Starting session: WHAT[ on TTY] for NAME from A port N id I`; WHAT may hold a client's subsystem name. */
export function startingSession(text: string, event: Event): boolean {
  if (!text.startsWith('Starting session: ')) return false;
  const id = endOfSessionId(text);
  const peer = id < 0 ? null : peerEndingAt(text, id);
  if (peer === null || !text.startsWith(' from ', peer.start - 6)) return false;
  const forAt = text.lastIndexOf(' for ', peer.start - 6);
  if (forAt < 17) return false;
  event['session.type'] = text.slice(18, text.indexOf(' ', 18));
  return vouch(event, 'ssh_session_started', 'success', null, peer, text.slice(forAt + 5, peer.start - 6));
}

/** `Close session: user NAME from A port N id I`. */
export function closeSession(text: string, event: Event): boolean {
  if (!text.startsWith('Close session: user ')) return false;
  const id = endOfSessionId(text);
  const peer = id < 0 ? null : peerEndingAt(text, id);
  if (peer === null || !text.startsWith(' from ', peer.start - 6)) return false;
  return vouch(event, 'ssh_session_ended', 'unknown', null, peer, text.slice(20, peer.start - 6));
}

function endOfSessionId(text: string): number {
  const at = text.lastIndexOf(' id ');
  return at > 0 && /^\d{1,9}$/.test(text.slice(at + 4, at + 14)) ? at : -1;
}

/** `subsystem request for NAME[ by user USER][ failed, subsystem not found]`. */
export function subsystemRequest(text: string, event: Event): boolean {
  if (!text.startsWith('subsystem request for ')) return false;
  const failed = text.endsWith(' failed, subsystem not found');
  const end = failed ? text.length - 28 : text.length;
  const by = text.lastIndexOf(' by user ', end);
  const user = by > 22 ? text.slice(by + 9, end) : null;
  return vouch(event, 'ssh_session_started', failed ? 'failure' : 'success', 'subsystem', null, user);
}

/** sftp-server: `session opened|closed for local user NAME from [A]`. */
export function localSession(text: string, event: Event): boolean {
  const opened = text.startsWith('session opened for local user ');
  if (!opened && !text.startsWith('session closed for local user ')) return false;
  const open = text.lastIndexOf(' from [');
  if (open < 30 || !text.endsWith(']') || !isAddress(text, open + 7, text.length - 1)) return false;
  const peer = { start: 0, end: 0, address: text.slice(open + 7, text.length - 1), port: 0 };
  const action = opened ? 'session_opened' : 'session_closed';
  return vouch(event, action, 'success', 'sftp', peer, text.slice(30, open));
}
