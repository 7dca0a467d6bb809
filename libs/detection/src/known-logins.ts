import { BoundedMap } from './bounded-map.ts';
import { boundedString, ownString } from './own-string.ts';

const PAIRS = 10_000;
const USERS = 5_000;
const USER_CHARS = 256;

/**
 * Who was let in from where. A stale password on a telephone fails as often as an attacker, from an address where its
 * owner is let in otherwise. Keeps 10,000 pairs and 5,000 accounts, the ones not used longest are forgotten first.
 */
export class KnownLogins {
  readonly #pairs = new BoundedMap<1>(PAIRS);
  readonly #users = new BoundedMap<1>(USERS);

  learn(user: string, address: string): void {
    const pair = pairOf(user, address);
    if (this.#pairs.get(pair) === undefined) this.#pairs.set(pair, 1);
    const name = boundedString(user, USER_CHARS);
    if (this.#users.get(name) === undefined) this.#users.set(ownString(name), 1);
  }

  has(user: string, address: string): boolean {
    return this.#pairs.peek(pairOf(user, address)) !== undefined;
  }

  hasUser(user: string): boolean {
    return this.#users.peek(boundedString(user, USER_CHARS)) !== undefined;
  }

  snapshot(): unknown {
    return {
      pairs: [...this.#pairs.entries()].map(([key]) => key),
      users: [...this.#users.entries()].map(([key]) => key),
    };
  }

  restore(state: unknown): void {
    const { pairs, users } = (state ?? {}) as { pairs?: string[]; users?: string[] };
    this.#pairs.restore((pairs ?? []).map((key) => [key, 1]));
    this.#users.restore((users ?? []).map((key) => [key, 1]));
  }
}

function pairOf(user: string, address: string): string {
  return `${boundedString(user, USER_CHARS)}\0${address}`;
}
