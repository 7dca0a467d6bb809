import { isIPv4, isIPv6 } from 'node:net';
import { createAddressSet, parseCidr } from '@suite/config';
import { PRIVATE_NETWORKS } from '@suite/config/networks';
import { plainAddress } from './plain-address.ts';

/** What stands for this machine, this link or no host at all; RFC 1122, 3927, 4291, 5771. */
const UNBANNABLE = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/128',
  '::1/128',
  'fe80::/10',
  'ff00::/8',
];

export interface NeverOptions {
  /** Addresses and networks of the operator's. */
  readonly allow: readonly string[];
  /** Whether private addresses (the cluster itself, its overlay networks and the ingress gateway) may be banned. */
  readonly banPrivate: boolean;
  /** Addresses of this machine and of the nodes that send, as they are now. */
  own(): Iterable<string>;
}

/** No network wider than these is banned whole, by hand or otherwise. */
const WIDEST = { ipv4: 8, ipv6: 16 } as const;

/** Tells why an address or a network must never be banned, in words; null when it may be. */
export function createNever(options: NeverOptions): (value: string) => string | null {
  const unbannable = createAddressSet(UNBANNABLE);
  const networks = createAddressSet(PRIVATE_NETWORKS);
  const allowed = createAddressSet(options.allow);
  const ofNetwork = (text: string): string | null => {
    const network = parseCidr(text);
    if (network === null) return 'it is no network';
    if (network.prefix < WIDEST[network.family]) return 'it is too wide';
    const inside = createAddressSet([network]);
    for (const entry of [...options.allow, ...(options.banPrivate ? [] : PRIVATE_NETWORKS), ...UNBANNABLE])
      if (inside.has(entry.split('/', 1)[0]!)) return `it holds ${entry}, which must stay reachable`;
    for (const own of options.own())
      if (inside.has(plainAddress(own))) return `it holds ${own}, an address of the cluster itself`;
    return null;
  };
  const ofAddress = (address: string): string | null => {
    if (!isIPv4(address) && !isIPv6(address)) return 'it is no address';
    if (unbannable.has(address)) return 'it stands for this machine, its link, or no single host';
    if (allowed.has(address)) return 'it is on the allow-list';
    for (const own of options.own())
      if (plainAddress(own) === plainAddress(address)) return 'it is an address of the cluster itself';
    if (!options.banPrivate && networks.has(address)) return 'it is a private address';
    return null;
  };
  return (value) => {
    const network = value.includes('/') ? ofNetwork(value) : null;
    return network ?? ofAddress(value.split('/', 1)[0]!);
  };
}
