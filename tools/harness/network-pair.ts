import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Scratch } from './scratch.ts';

/** Two network namespaces on one wire. Removed with the scratch folder, and with them all that listens in them. */
export interface NetworkPair {
  /** `ip netns exec NAME` of the one and the other: put before a command. */
  readonly inner: readonly string[];
  readonly outer: readonly string[];
}

/** Namespaces need root and iproute2. */
export const hasNamespaces = process.getuid?.() === 0 && existsSync('/usr/sbin/ip');

/**
 * @param addresses of the ends in CIDR notation, e.g. `198.18.1.1/15`; several an end.
 */
export function createNetworkPair(
  scratch: Scratch,
  addresses: { readonly inner: readonly string[]; readonly outer: readonly string[] },
): NetworkPair {
  const inner = `suite-i-${process.pid}`;
  const outer = `suite-o-${process.pid}`;
  for (const name of [inner, outer]) {
    ip('netns', 'add', name);
    scratch.defer(() => ip('netns', 'del', name));
  }
  ip('link', 'add', 'wire', 'netns', inner, 'type', 'veth', 'peer', 'name', 'wire', 'netns', outer);
  for (const [name, own] of [
    [inner, addresses.inner],
    [outer, addresses.outer],
  ] as const) {
    for (const address of own) ip('-n', name, 'address', 'add', address, 'dev', 'wire');
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('-n', name, 'link', 'set', 'wire', 'up');
  }
  const through = (name: string) => ['ip', 'netns', 'exec', name];
  return { inner: through(inner), outer: through(outer) };
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
