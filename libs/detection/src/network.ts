import { isIPv4, isIPv6 } from 'node:net';
import { PRIVATE_NETWORKS } from '@suite/config/networks';
import { AllowList } from './allow-list.ts';

const PRIVATE = new AllowList(PRIVATE_NETWORKS);

export function isPrivate(address: string): boolean {
  return PRIVATE.has(withoutMapping(address));
}

/** The network that a provider gives to one customer or pool: /24 of IPv4, /48 of IPv6; the text itself where it is no address. */
export function networkOf(address: string): string {
  const plain = withoutMapping(address);
  if (isIPv4(plain)) return `${plain.slice(0, plain.lastIndexOf('.'))}.0/24`;
  if (isIPv6(plain)) return `${firstGroups(plain).join(':')}::/48`;
  return plain;
}

/** `::ffff:192.0.2.1` is 192.0.2.1. */
export function withoutMapping(address: string): string {
  if (!address.startsWith('::')) return address;
  const inner = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  return inner ?? address;
}

function firstGroups(address: string): string[] {
  const [head = '', tail] = address.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? 0 : tail.split(':').length;
    while (groups.length + rest < 8) groups.push('0');
  }
  return [0, 1, 2].map((i) => Number.parseInt(groups[i] ?? '0', 16).toString(16));
}
