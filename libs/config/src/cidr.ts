import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import { annotate } from './annotation.ts';

const EXPECTED = 'an address or network such as 192.168.1.20, 10.0.0.0/8 or fd00::/8';

/** An address block: the address with its host bits zero, and how many leading bits count. */
export interface Cidr {
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefix: number;
}

/** `10.0.0.0/8`, `fd00::/8`, or one address (all bits count); null when it is none or host bits are set. */
export function parseCidr(text: string): Cidr | null {
  const [address = '', prefixText, ...more] = text.trim().split('/');
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) && !address.includes('%') ? 'ipv6' : null;
  if (!family || more.length > 0) return null;
  const width = family === 'ipv4' ? 32 : 128;
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) return null;
  const prefix = prefixText === undefined ? width : Number(prefixText);
  if (prefix > width) return null;
  const hostBits = addressBits(address, family) & ((1n << BigInt(width - prefix)) - 1n);
  return hostBits === 0n ? { family, address, prefix } : null;
}

export function formatCidr(cidr: Cidr): string {
  const width = cidr.family === 'ipv4' ? 32 : 128;
  return cidr.prefix === width ? cidr.address : `${cidr.address}/${cidr.prefix}`;
}

/** Answers whether an address lies in one of the blocks. IPv4 addresses mapped into IPv6 count as IPv4. */
export function createAddressSet(blocks: readonly (Cidr | string)[]): { has(address: string): boolean } {
  const list = new BlockList();
  for (const block of blocks) {
    const cidr = typeof block === 'string' ? parseCidr(block) : block;
    if (!cidr) throw new TypeError(`not ${EXPECTED}: ${JSON.stringify(block).slice(0, 64)}`);
    list.addSubnet(cidr.address, cidr.prefix, cidr.family);
  }
  return {
    has(address) {
      const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
      if (isIPv4(plain)) return list.check(plain, 'ipv4');
      return isIPv6(plain) && list.check(plain, 'ipv6');
    },
  };
}

/** An address or a network, as text that `parseCidr` and `createAddressSet` take. */
export function cidr() {
  const schema = z.string().transform((value, context) => {
    const parsed = parseCidr(value);
    if (parsed) return formatCidr(parsed);
    context.issues.push({ code: 'custom', input: value, message: `expected ${EXPECTED}` });
    return z.NEVER;
  });
  return annotate(schema, {
    typeName: 'address or network',
    expected: `${EXPECTED}, host bits zero`,
  });
}

function addressBits(address: string, family: Cidr['family']): bigint {
  if (family === 'ipv4') return address.split('.').reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
  // URL parsing is the one in the platform that expands every spelling of an IPv6 address.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((bits, part) => (bits << 16n) | BigInt(`0x${part}`), 0n);
}
