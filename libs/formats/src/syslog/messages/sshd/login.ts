import type { Event, EventOutcome } from '@suite/event';
import { type Peer, peerAt } from '../address.ts';
import { keyInfo } from './key-info.ts';
import { vouch } from './outcome.ts';

/**
 * auth_log() of auth.c, all versions:
 * `VERB METHOD[/SUBMETHOD] for [invalid user ]USER from ADDRESS port N[ ssh2][: INFO | ruser NAME]`.
 *
 * USER is the attacker's and so can be parts of INFO (a certificate's id, a hostbased client's user), hence
 * several places in the line may read like the address. The address is taken only where the true one can be
 * told; where it cannot, the event has neither user nor address.
 */
export function login(text: string, event: Event, verb: string): boolean {
  const methodEnd = text.indexOf(' ', verb.length + 1);
  if (methodEnd < 0 || !text.startsWith(' for ', methodEnd)) return false;
  const method = text.slice(verb.length + 1, methodEnd);
  let userStart = methodEnd + 5;
  const invalid = text.startsWith('invalid user ', userStart) || text.startsWith('illegal user ', userStart);
  if (invalid) userStart += 13;

  const found = places(text, userStart);
  if (found === null) return false;
  const peer = decide(text, method, found);
  vouch(event, 'ssh_login', outcomeOf(verb), invalid ? 'invalid_user' : reasonOf(verb), peer);
  event['auth.method'] = method;
  if (peer === null) return true;
  event['user.name'] = text.slice(userStart, peer.start - 6);
  if (text.startsWith(' ssh2: ', peer.end)) keyInfo(text, peer.end + 7, event);
  return true;
}

interface Places {
  readonly last: Peer;
  readonly several: boolean;
}

/** The last place that reads ` from ADDRESS port N` and ends as auth_log() may end it, and whether others do. */
function places(text: string, from: number): Places | null {
  let last: Peer | null = null;
  for (
    let at = text.lastIndexOf(' from ');
    at >= from;
    at = at === 0 ? -1 : text.lastIndexOf(' from ', at - 1)
  ) {
    const peer = peerAt(text, at + 6);
    if (peer === null || !endsHere(text, peer.end)) continue;
    if (last !== null) return { last, several: true };
    last = peer;
  }
  return last === null ? null : { last, several: false };
}

function endsHere(text: string, at: number): boolean {
  if (at === text.length) return true;
  if (text.startsWith(' ssh2', at)) return at + 5 === text.length || text.startsWith(': ', at + 5);
  return text.startsWith(' ruser ', at) || (text.startsWith(' ssh1', at) && at + 5 === text.length);
}

function decide(text: string, method: string, { last, several }: Places): Peer | null {
  const atEnd =
    last.end === text.length || (last.end + 5 === text.length && text.startsWith(' ssh', last.end));
  // Protocol 1 ended these lines with the client's own user name.
  if (method.startsWith('rhosts')) return several ? null : last;
  if (atEnd) return last;
  if (method === 'publickey') return !several || isPlainKey(text, last.end + 7) ? last : null;
  // These methods say something of the client's after the address; every other one ends with it.
  const talks = method === 'hostbased' || method.startsWith('gssapi') || /^k(?:rb|erb)/.test(method);
  return talks && !several ? last : null;
}

/** `TYPE FINGERPRINT` and no more: nobody's words, so nothing in it can imitate an address. */
function isPlainKey(text: string, start: number): boolean {
  const space = text.indexOf(' ', start);
  return space > start && space + 1 < text.length && text.indexOf(' ', space + 1) < 0;
}

function outcomeOf(verb: string): EventOutcome {
  if (verb === 'Accepted') return 'success';
  return verb === 'Failed' ? 'failure' : 'unknown';
}

function reasonOf(verb: string): string | null {
  if (verb === 'Postponed') return 'postponed';
  return verb === 'Partial' ? 'partial' : null;
}
