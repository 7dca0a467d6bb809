import { isIPv6 } from 'node:net';

/**
 * The one spelling of an address: lower case, compressed as RFC 5952 says, without a zone, and IPv4 as such, also where
 * it was mapped into IPv6 (`::ffff:203.0.113.9`, `::ffff:cb00:7109`). What is no address stays as it is.
 */
export function plainAddress(address: string): string {
  const bare = address.toLowerCase().split('%', 1)[0]!;
  if (!isIPv6(bare)) return bare;
  const short = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (!mapped) return short;
  const bits = (Number.parseInt(mapped[1]!, 16) << 16) | Number.parseInt(mapped[2]!, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
}
