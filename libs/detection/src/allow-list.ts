import { BlockList, isIP } from 'node:net';

/** The operator's own addresses: single ones and CIDRs, IPv4 and IPv6. */
export class AllowList {
  readonly #list = new BlockList();
  readonly #any: boolean;

  /** @throws RangeError naming the entry that is neither an address nor a CIDR. */
  constructor(entries: readonly string[]) {
    this.#any = entries.length > 0;
    for (const entry of entries) this.#add(entry);
  }

  has(address: string): boolean {
    if (!this.#any) return false;
    const family = isIP(address);
    return family !== 0 && this.#list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  }

  #add(entry: string): void {
    const [address = '', prefix] = entry.split('/', 2);
    const family = isIP(address);
    if (family === 0) throw new RangeError(`"${entry}" is neither an address nor a CIDR`);
    const type = family === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) {
      this.#list.addAddress(address, type);
      return;
    }
    const bits = Number(prefix);
    if (!/^\d{1,3}$/.test(prefix) || bits > (family === 6 ? 128 : 32))
      throw new RangeError(`"${entry}" has no such prefix length`);
    this.#list.addSubnet(address, bits, type);
  }
}
