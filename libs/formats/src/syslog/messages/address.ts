/** A peer found in a message: `ADDRESS port N`. Indices are into the text that was scanned. */
export interface Peer {
  readonly start: number;
  readonly end: number;
  /** Empty where the program logged that it does not know it (`UNKNOWN`). */
  readonly address: string;
  readonly port: number;
}

const MAX_ADDRESS_LENGTH = 64;

/** Whether text[start, end) is an IPv4 or IPv6 address in full (IPv6 with an optional zone). */
export function isAddress(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length < 2 || length > MAX_ADDRESS_LENGTH) return false;
  return isIpv4(text, start, end) || isIpv6(text, start, end);
}

function isIpv4(text: string, start: number, end: number): boolean {
  let dots = 0;
  let digits = 0;
  let value = 0;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 46) {
      if (digits === 0 || ++dots > 3) return false;
      digits = 0;
      value = 0;
    } else if (c >= 48 && c <= 57) {
      value = value * 10 + c - 48;
      if (++digits > 3 || value > 255) return false;
    } else return false;
  }
  return dots === 3 && digits > 0;
}

function isIpv6(text: string, start: number, end: number): boolean {
  let colons = 0;
  let group = 0;
  let groups = 0;
  let compressed = false;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 58) {
      colons++;
      if (group > 0) groups++;
      if (text.charCodeAt(i + 1) === 58) {
        if (compressed) return false;
        compressed = true;
        colons++;
        i++;
        if (text.charCodeAt(i + 1) === 58) return false;
      } else if (group === 0) return false;
      group = 0;
    } else if ((c >= 48 && c <= 57) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70)) {
      if (++group > 4) return false;
    } else if (c === 46) {
      const tail = text.lastIndexOf(':', i) + 1;
      return colons >= 2 && tail > start && isIpv4(text, tail, end) && (compressed || groups === 6);
    } else if (c === 37) {
      return colons >= 2 && i + 1 < end && isZone(text, i + 1, end);
    } else return false;
  }
  if (group > 0) groups++;
  return compressed ? groups < 8 : groups === 8 && group > 0;
}

function isZone(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    const word = (c >= 48 && c <= 57) || (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
    if (!word && c !== 45 && c !== 46 && c !== 95) return false;
  }
  return true;
}

/**
 * Whether text[start, end) can be an address or a host name: what DNS and libc let through, so that it can
 * neither hold a space nor end a field early.
 */
export function isHost(text: string, start: number, end: number): boolean {
  if (end - start < 1 || end - start > 255) return false;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    const word = (c >= 48 && c <= 57) || (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
    if (!word && c !== 45 && c !== 46 && c !== 95 && c !== 58 && c !== 37) return false;
  }
  return true;
}

/** Reads `ADDRESS port N` that starts at `start`; null where it does not stand there. */
export function peerAt(text: string, start: number): Peer | null {
  const space = tokenEnd(text, start);
  if (!text.startsWith(' port ', space)) return null;
  const known = isAddress(text, start, space);
  if (!known && !(space - start === 7 && text.startsWith('UNKNOWN', start))) return null;
  let end = space + 6;
  let port = 0;
  while (end < text.length && end - space < 12) {
    const c = text.charCodeAt(end);
    if (c < 48 || c > 57) break;
    port = port * 10 + c - 48;
    end++;
  }
  if (end === space + 6 || port > 65535) return null;
  return { start, end, address: known ? text.slice(start, space) : '', port };
}

/** Reads `ADDRESS port N` that ends right before `end`; null where it does not stand there. */
export function peerEndingAt(text: string, end: number): Peer | null {
  let at = end;
  while (at > 0 && end - at < 6) {
    const c = text.charCodeAt(at - 1);
    if (c < 48 || c > 57) break;
    at--;
  }
  if (at === end || at < 8 || !text.startsWith(' port ', at - 6)) return null;
  const peer = peerAt(text, tokenStart(text, at - 6));
  return peer !== null && peer.end === end ? peer : null;
}

/** Where the word that ends before `end` starts, looking back no further than an address is long. */
export function tokenStart(text: string, end: number): number {
  let start = end;
  const floor = Math.max(0, end - MAX_ADDRESS_LENGTH - 1);
  while (start > floor && text.charCodeAt(start - 1) !== 32) start--;
  return start;
}

function tokenEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + MAX_ADDRESS_LENGTH + 1);
  let end = start;
  while (end < limit && text.charCodeAt(end) !== 32) end++;
  return end;
}

/** `203.0.113.9` of `::ffff:203.0.113.9`: a dual-stack socket's name for the same peer. */
export function unmapped(address: string): string {
  return address.charCodeAt(0) === 58 && /^::ffff:\d{1,3}\./i.test(address.slice(0, 11))
    ? address.slice(7)
    : address;
}
