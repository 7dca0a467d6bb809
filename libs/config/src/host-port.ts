import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import { annotate } from './annotation.ts';

const EXPECTED = 'host:port such as 127.0.0.1:5514, [::1]:5514 or logs.lan:5514';
const NAME = /^(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?$/i;

export interface HostPort {
  /** An address without brackets, or a name. */
  readonly host: string;
  /** 0 to 65535; 0 lets the system choose. */
  readonly port: number;
}

/** Splits `host:port`; an IPv6 address stands in brackets. Null when it is none. */
export function parseHostPort(text: string): HostPort | null {
  const match = /^(?:\[([^\]]{2,64})\]|([^:[\]]{1,253})):(\d{1,5})$/.exec(text.trim());
  if (!match) return null;
  const port = Number(match[3]);
  if (port > 65_535) return null;
  if (match[1] !== undefined) return isIPv6(match[1]) ? { host: match[1], port } : null;
  const host = match[2]!;
  return isHost(host) ? { host, port } : null;
}

export function formatHostPort({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether a listener on this host is reachable from this machine alone. */
export function isLoopback(host: string): boolean {
  if (isIPv4(host)) return host.startsWith('127.');
  return host === 'localhost' || host === '::1' || /^::ffff:127\./i.test(host);
}

/** An IPv4 or IPv6 address, or a host name. */
export function isHost(host: string): boolean {
  if (isIPv4(host) || isIPv6(host)) return true;
  // Digits and dots alone are a mistyped address, not a name.
  return host.length <= 253 && NAME.test(host) && !/^[\d.]+$/.test(host);
}

/** `host:port` as one text, parsed into its parts. */
export function hostPort() {
  const schema = z.string().transform((value, context) => {
    const parsed = parseHostPort(value);
    if (parsed) return parsed;
    context.issues.push({ code: 'custom', input: value, message: `expected ${EXPECTED}` });
    return z.NEVER;
  });
  return annotate(schema, { typeName: 'host:port', expected: EXPECTED, format: formatHostPort });
}

/** A host alone, without a port. */
export function host() {
  return annotate(
    z.string().refine(isHost, { message: 'expected an address or a host name, without a port' }),
    { typeName: 'host', expected: 'an address or a host name, without a port' },
  );
}

/** A port number; 0 lets the system choose. */
export function port() {
  return z.int().min(0).max(65_535);
}
