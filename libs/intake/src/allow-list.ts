import { BlockList, isIP } from 'node:net';

/** Plain syslog has no authentication: only this machine may send, unless told otherwise. */
export const LOOPBACK_ONLY: readonly string[] = ['127.0.0.0/8', '::1'];

/**
 * Who may send: addresses and CIDR ranges, IPv4 and IPv6.
 * @throws RangeError naming the entry that is neither.
 */
export function createAllowList(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix, rest] = entry.split('/');
    const family = isIP(address);
    const bits = family === 4 ? 32 : 128;
    const width = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
    if (family === 0 || rest !== undefined || !(width <= bits)) {
      throw new RangeError(`not an address or CIDR range: ${entry}`);
    }
    list.addSubnet(address, width, family === 4 ? 'ipv4' : 'ipv6');
  }
  return (given) => {
    const address = plainAddress(given);
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}

/** An IPv4 peer of a dual-stack socket shows as `::ffff:a.b.c.d`; a zone is no part of an address. */
export function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address.split('%', 1)[0]!;
}
