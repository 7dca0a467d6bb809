import { hash } from 'node:crypto';
import type { LogRecord } from '@suite/event';

/** Letter of each filter in the full-text index's column `tag`. */
export type TagKind = 'h' | 'p' | 'a' | 'o' | 'g' | 's' | 'u';

const CACHE_LIMIT = 20_000;

/**
 * One indexed word per filterable value: the filter's letter and 60 bits of hash. Hashed, so that any value
 * whatsoever (an attacker chooses user names) is one plain word, and cryptographic, so that none can be chosen
 * to answer to another's filter.
 */
export function tagWord(kind: TagKind, value: string): string {
  return kind + hash('sha256', value, 'hex').slice(0, 15);
}

/** All tag words of records, with the costly part remembered. */
export class TagWords {
  readonly #known: Record<TagKind, Map<string, string>> = {
    h: new Map(),
    p: new Map(),
    a: new Map(),
    o: new Map(),
    g: new Map(),
    s: new Map(),
    u: new Map(),
  };

  of(record: LogRecord): string {
    const { event, origin } = record;
    let words = `${this.#word('h', origin.host)} ${this.#word('p', origin.path)}`;
    if (event === null) return words;
    words += this.#optional('a', event['event.action']);
    words += this.#optional('o', event['event.outcome']);
    words += this.#optional('g', event['process.name']);
    words += this.#optional('s', event['source.address']);
    words += this.#optional('u', event['user.name']);
    return words;
  }

  #optional(kind: TagKind, value: string | undefined): string {
    return value === undefined ? '' : ` ${this.#word(kind, value)}`;
  }

  #word(kind: TagKind, value: string): string {
    const known = this.#known[kind];
    let word = known.get(value);
    if (word === undefined) {
      if (known.size >= CACHE_LIMIT) known.clear();
      word = tagWord(kind, value);
      known.set(value, word);
    }
    return word;
  }
}
