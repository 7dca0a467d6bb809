/** One end of a socket. */
export interface Endpoint {
  /** IPv4 dotted, or IPv6 as RFC 5952 writes it; an IPv4 address mapped into IPv6 is the IPv4 address. */
  readonly address: string;
  readonly port: number;
}

const MAPPED = '0000000000000000FFFF0000';
const LOOPBACK_6 = '00000000000000000000000001000000';
const V4 = /^[0-9A-F]{8}:[0-9A-F]{4}$/;
const V6 = /^[0-9A-F]{32}:[0-9A-F]{4}$/;

/**
 * An end as /proc/net/tcp and its kin write it: 32-bit words in the byte order of the machine (little-endian on all
 * that we run on), the port in network order. Null for anything else.
 */
export function parseEndpoint(text: string): Endpoint | null {
  const port = Number.parseInt(text.slice(-4), 16);
  if (V4.test(text)) return { address: dotted(text, 0), port };
  if (!V6.test(text)) return null;
  if (text.startsWith(MAPPED)) return { address: dotted(text, 24), port };
  return { address: colons(text), port };
}

/** Whether the end, as /proc writes it, is on the loopback interface. */
export function isLoopbackEnd(text: string): boolean {
  const host = text.slice(0, -5);
  if (host.length === 8) return host.endsWith('7F');
  return host === LOOPBACK_6 || (host.startsWith(MAPPED) && host.endsWith('7F'));
}

function dotted(hex: string, from: number): string {
  const byte = (at: number) => Number.parseInt(hex.slice(from + at, from + at + 2), 16);
  return `${byte(6)}.${byte(4)}.${byte(2)}.${byte(0)}`;
}

function colons(hex: string): string {
  const groups: string[] = [];
  for (let word = 0; word < 32; word += 8) {
    for (const at of [word + 6, word + 2]) {
      const high = hex.slice(at, at + 2);
      const low = hex.slice(at - 2, at);
      groups.push(Number.parseInt(high + low, 16).toString(16));
    }
  }
  return shorten(groups);
}

/** Leaves out the longest run of at least two zero groups, the first of equal ones. */
function shorten(groups: readonly string[]): string {
  let best = { from: 0, length: 1 };
  for (let from = 0; from < groups.length; from++) {
    let length = 0;
    while (groups[from + length] === '0') length++;
    if (length > best.length) best = { from, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.from).join(':')}::${groups.slice(best.from + best.length).join(':')}`;
}
