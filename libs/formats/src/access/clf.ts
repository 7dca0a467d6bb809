import { isAddress } from './address.ts';
import { clfTimeUs } from './clf-time.ts';
import { closingQuote } from './quoted.ts';

/** The parts of a line in Common Log Format, as logged: escapes stand. */
export interface ClfLine {
  readonly timeUs: number;
  /** `%v:%p` of Apache's vhost_combined, or a bare virtual host before the address. */
  readonly vhost: string | null;
  readonly client: string;
  readonly ident: string;
  readonly user: string;
  readonly request: string;
  readonly status: number;
  /** Null for `-`. */
  readonly sizeBytes: number | null;
  /** Where the rest begins: at the space after the size, or at the line's end. */
  readonly rest: number;
}

const TIME_LENGTH = 28;

/**
 * Frames `[VHOST ]CLIENT IDENT USER [TIME] "REQUEST" STATUS SIZE`, which all access logs begin with.
 *
 * The frame hangs on the first quote: what stands before it cannot hold one (servers escape quotes in the
 * user name, which a client chooses), so a user name that imitates `[time] "request"` frames nothing.
 */
export function parseClf(text: string): ClfLine | null {
  const quote = text.indexOf('"');
  const bracket = quote - 1 - TIME_LENGTH;
  if (bracket < 6 || text.charCodeAt(quote - 1) !== 0x20 || text.charCodeAt(bracket - 1) !== 0x20)
    return null;
  const timeUs = clfTimeUs(text, bracket);
  if (Number.isNaN(timeUs)) return null;
  const close = closingQuote(text, quote);
  if (close < 0) return null;
  const status = statusAt(text, close + 1);
  if (status < 0) return null;
  const sizeAt = close + 6;
  const space = text.indexOf(' ', sizeAt);
  const rest = space < 0 ? endOf(text) : space;
  const sizeBytes = sizeOf(text, sizeAt, rest);
  if (sizeBytes === undefined) return null;
  const head = parseHead(text, bracket - 1);
  if (head === null) return null;
  const request = text.slice(quote + 1, close);
  return { timeUs, ...head, request, status, sizeBytes, rest };
}

/** Length without a final carriage return. */
export function endOf(text: string): number {
  return text.charCodeAt(text.length - 1) === 0x0d ? text.length - 1 : text.length;
}

interface Head {
  readonly vhost: string | null;
  readonly client: string;
  readonly ident: string;
  readonly user: string;
}

function parseHead(text: string, end: number): Head | null {
  const one = text.indexOf(' ');
  const two = text.indexOf(' ', one + 1);
  if (one <= 0 || two < 0 || two >= end) return null;
  const first = text.slice(0, one);
  const second = text.slice(one + 1, two);
  const others = text.slice(two + 1, end);
  if (second === '-') return sane(first) ? { vhost: null, client: first, ident: '-', user: others } : null;
  // A proxy list as the client (`203.0.113.7, 10.0.0.1 - user`), as Traefik logs it.
  if (first.endsWith(',')) return forwardedHead(text, end);
  const three = others.indexOf(' ');
  if (three < 0) return sane(first) ? { vhost: null, client: first, ident: second, user: others } : null;
  const ident = others.slice(0, three);
  if (ident !== '-' || !isAddress(second) || isAddress(first) || !sane(first)) return null;
  return { vhost: first, client: second, ident, user: others.slice(three + 1) };
}

function forwardedHead(text: string, end: number): Head | null {
  const dash = text.indexOf(' - ');
  if (dash < 0 || dash + 3 >= end || dash > 1024) return null;
  const client = text.slice(0, dash);
  if (!client.split(', ').every(isAddress)) return null;
  return { vhost: null, client, ident: '-', user: text.slice(dash + 3, end) };
}

/** A host or an address: printable, no quotes or brackets that belong to other formats. */
function sane(host: string): boolean {
  return host.length <= 255 && /^[\w.:%[\]-]+$/.test(host);
}

function statusAt(text: string, at: number): number {
  const a = text.charCodeAt(at + 1) - 48;
  const b = text.charCodeAt(at + 2) - 48;
  const c = text.charCodeAt(at + 3) - 48;
  const spaced = text.charCodeAt(at) === 0x20 && text.charCodeAt(at + 4) === 0x20;
  const digits = a >= 0 && a <= 9 && b >= 0 && b <= 9 && c >= 0 && c <= 9;
  return spaced && digits ? a * 100 + b * 10 + c : -1;
}

function sizeOf(text: string, from: number, to: number): number | null | undefined {
  if (to - from === 1 && text.charCodeAt(from) === 0x2d) return null;
  if (to <= from || to - from > 15) return undefined;
  let size = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    size = size * 10 + digit;
  }
  return size;
}
