import type { Event, EventOutcome } from '@suite/event';
import { isAddress, isHost, unmapped } from '../syslog/messages/address.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';

/**
 * One wording of a program. Named groups of the pattern are the event's fields:
 * `user`, `addr` (an address and nothing else), `peer` (address with port: `A:P`, `[A]:P`, `A`), `host` (address or
 * name), `port`, `count` (how many times), `method`, `proto`.
 *
 * A pattern is anchored at both ends, so that each group is bounded by the program's own words. Where a client's
 * words stand both before and after the address, `once` names the program's words around it: where they occur
 * twice, one of them is somebody's invention, and neither account nor address is believed.
 */
export interface Form {
  readonly pattern: RegExp;
  readonly action: 'service_login' | 'service_refused' | 'pam_auth' | 'session_closed';
  readonly outcome: EventOutcome;
  readonly reason?: string;
  readonly once?: string;
}

/** Longer messages are no program's here: patterns with names in the middle stay cheap below it. */
const LONGEST_CHARS = 4096;

export function failed(reason: string, pattern: RegExp, once?: string): Form {
  return { pattern, action: 'service_login', outcome: 'failure', reason, ...(once ? { once } : {}) };
}

export function succeeded(pattern: RegExp, once?: string): Form {
  return { pattern, action: 'service_login', outcome: 'success', ...(once ? { once } : {}) };
}

export function refused(reason: string, pattern: RegExp, once?: string): Form {
  return { pattern, action: 'service_refused', outcome: 'failure', reason, ...(once ? { once } : {}) };
}

/** A pluggable authenticator's own word on what the service then reports itself: never a second `service_login`. */
export function checked(reason: string, pattern: RegExp, once?: string): Form {
  return { pattern, action: 'pam_auth', outcome: 'failure', reason, ...(once ? { once } : {}) };
}

/** The parser of a program whose messages are `forms`. */
export function messagesOf(
  name: string,
  programs: readonly string[],
  forms: readonly Form[],
  service = name,
): MessageParser {
  return {
    name,
    programs,
    parse: (message, event) => matchForms(forms, message, event, service),
  };
}

/** Writes what the first form that fits says; leaves the event as it was where none does. */
export function matchForms(forms: readonly Form[], message: string, event: Event, service: string): boolean {
  if (message.length > LONGEST_CHARS) return false;
  for (const form of forms) {
    const match = form.pattern.exec(message);
    if (match !== null && write(form, match.groups ?? {}, message, event, service)) return true;
  }
  return false;
}

type Groups = Readonly<Record<string, string | undefined>>;

function write(form: Form, groups: Groups, message: string, event: Event, service: string): boolean {
  const peer = peerOf(groups);
  if (peer === null) return false;
  event['event.category'] = form.action === 'service_refused' ? 'network' : 'authentication';
  event['event.action'] = form.action;
  event['event.outcome'] = form.outcome;
  if (form.reason !== undefined) event['event.reason'] = form.reason;
  if (service !== '') event['service.name'] = service;
  if (groups.proto !== undefined) event['network.protocol'] = groups.proto.toLowerCase();
  if (groups.method !== undefined) event['auth.method'] = groups.method;
  const count = Number(groups.count ?? 1);
  if (count > 1) event['event.count'] = count;
  if (form.once !== undefined && message.indexOf(form.once) !== message.lastIndexOf(form.once)) return true;
  if (groups.user !== undefined && groups.user !== '') event['user.name'] = groups.user;
  if (peer.address !== '') event['source.address'] = peer.address;
  if (peer.port > 0) event['source.port'] = peer.port;
  return true;
}

interface Found {
  readonly address: string;
  readonly port: number;
}

/** Null where a group that must be an address is none: the form does not fit then. */
function peerOf(groups: Groups): Found | null {
  if (groups.peer !== undefined) return splitPeer(groups.peer);
  const port = Number(groups.port ?? 0);
  if (port > 65_535) return null;
  const address = groups.addr ?? groups.host;
  if (address === undefined) return { address: '', port: 0 };
  const bare = unmapped(address);
  if (isAddress(bare, 0, bare.length)) return { address: bare, port };
  return groups.addr === undefined && isHost(bare, 0, bare.length) ? { address: bare, port } : null;
}

/** `A:P`, `[A]:P`, `[A]`, `A`; a bare IPv6 address with a port (`2001:db8::1:4711`, dropbear) is split at the last colon. */
export function splitPeer(text: string): Found | null {
  const bracketed = /^\[([^\]]{2,64})\](?::(\d{1,5}))?$/.exec(text);
  if (bracketed !== null) return found(bracketed[1] ?? '', bracketed[2]);
  const colon = text.lastIndexOf(':');
  if (colon > 0 && text.indexOf(':') === colon) return found(text.slice(0, colon), text.slice(colon + 1));
  return found(text, undefined);
}

function found(text: string, portText: string | undefined): Found | null {
  const address = unmapped(text);
  const port = portText === undefined ? 0 : /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  return port <= 65_535 && isAddress(address, 0, address.length) ? { address, port } : null;
}
