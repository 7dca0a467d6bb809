import { BlockList, isIP } from 'node:net';

/** Addresses that belong to nobody outside: RFC 1918, 6598, 3927, 4193, 4291 and what is no host's. */
const INSIDE = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const;

let inside: BlockList | null = null;

/** Whether the address is somebody else's on the internet. */
export function isExternal(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  inside ??= insideList();
  return !inside.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** `[2001:db8::1]:443`, `203.0.113.9:443`. */
export function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function insideList(): BlockList {
  const list = new BlockList();
  for (const [network, bits] of INSIDE)
    list.addSubnet(network, bits, network.includes(':') ? 'ipv6' : 'ipv4');
  return list;
}
