import { isAddress, type Peer, peerAt, peerEndingAt, tokenStart } from '../address.ts';

/**
 * sshpkt_fmt_connection_id() of packet.c: `[PREAMBLE ]ADDRESS port N`, where the preamble (since 7.5) is
 * `authenticating user NAME`, `invalid user NAME` or `user NAME`, and the name is the attacker's.
 */
export interface RemoteId {
  /** Null where the true address cannot be told from an imitation in the name or in what follows. */
  readonly peer: Peer | null;
  readonly user: string | null;
  readonly invalid: boolean;
}

// The monitor of 7.5 and later leaves out the space after `authenticating`.
const PREAMBLES = ['authenticating user ', 'authenticatinguser ', 'invalid user ', 'user '];

const NONE: RemoteId = { peer: null, user: null, invalid: false };

/** A connection's id that fills text[start, end): nothing follows it, so its end is sshd's own word. */
export function remoteIdToEnd(text: string, start: number, end: number): RemoteId | null {
  const peer = peerEndingAt(text, end) ?? portless(text, end);
  if (peer === null || peer.start < start) return null;
  if (peer.start === start) return { peer, user: null, invalid: false };
  // Ports are older (7.0) than names (7.5): a name without a port is a line that was cut short.
  return peer.port === 0 ? null : named(text, start, peer);
}

/** A connection's id at `start` that is followed by `: ` and words which may be the client's. */
export function remoteIdBeforeColon(text: string, start: number): RemoteId | null {
  const direct = peerAt(text, start);
  if (direct !== null)
    return text.startsWith(': ', direct.end) ? { peer: direct, user: null, invalid: false } : null;
  let only: Peer | null = null;
  for (let at = text.indexOf(' port ', start); at >= 0; at = text.indexOf(' port ', at + 6)) {
    const peer = peerAt(text, tokenStart(text, at));
    if (peer === null || !text.startsWith(': ', peer.end) || peer.start <= start) continue;
    // Both the name before and the words after may imitate it.
    if (only !== null) return NONE;
    only = peer;
  }
  return only === null ? null : named(text, start, only);
}

function portless(text: string, end: number): Peer | null {
  const start = tokenStart(text, end);
  if (text.startsWith('UNKNOWN', start) && end - start === 7) return { start, end, address: '', port: 0 };
  if (!isAddress(text, start, end)) return null;
  return { start, end, address: text.slice(start, end), port: 0 };
}

function named(text: string, start: number, peer: Peer): RemoteId | null {
  const nameEnd = peer.start - 1;
  for (const preamble of PREAMBLES) {
    if (!text.startsWith(preamble, start) || nameEnd < start + preamble.length) continue;
    const user = text.slice(start + preamble.length, nameEnd);
    return { peer, user, invalid: preamble === 'invalid user ' };
  }
  return null;
}
