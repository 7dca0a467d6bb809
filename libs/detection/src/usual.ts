import { BoundedMap } from './bounded-map.ts';
import { boundedString, ownString } from './own-string.ts';

export interface UsualOptions {
  /** How long what is new counts as what is usual, from the first that is seen of a scope. */
  readonly learnUs: number;
  /** Default 20,000. */
  readonly keys?: number;
}

/** `learning`: seen for the first time, in the time in which everything is. */
export type Sight = 'usual' | 'learning' | 'new';

const KEYS = 20_000;
const SCOPES = 1_000;
const KEY_CHARS = 300;

/**
 * What is usual for a scope: a node, or the whole cluster. Keeps 20,000 things of 1,000 scopes; what was not seen for
 * longest is forgotten first, and is new again when it comes back.
 */
export class Usual {
  readonly #learnUs: number;
  readonly #keys: BoundedMap<number>;
  readonly #scopes = new BoundedMap<number>(SCOPES);

  constructor(options: UsualOptions) {
    this.#learnUs = options.learnUs;
    this.#keys = new BoundedMap<number>(options.keys ?? KEYS);
  }

  /** From now on it is usual. */
  see(scope: string, key: string, nowUs: number): Sight {
    const learning = this.isLearning(scope, nowUs);
    const full = keyOf(scope, key);
    if (this.#keys.get(full) !== undefined) return 'usual';
    this.#keys.set(ownString(full), nowUs);
    return learning ? 'learning' : 'new';
  }

  /** When it was seen first; undefined where it never was. */
  sinceUs(scope: string, key: string): number | undefined {
    return this.#keys.peek(keyOf(scope, key));
  }

  /** The first question about a scope begins its time of learning. */
  isLearning(scope: string, nowUs: number): boolean {
    return nowUs - this.startedUs(scope, nowUs) < this.#learnUs;
  }

  /** When the scope was seen first. */
  startedUs(scope: string, nowUs: number): number {
    const known = this.#scopes.get(scope);
    if (known === undefined) this.#scopes.set(ownString(scope), nowUs);
    return known ?? nowUs;
  }

  snapshot(): unknown {
    return { keys: this.#keys.snapshot(), scopes: this.#scopes.snapshot() };
  }

  restore(state: unknown): void {
    const { keys, scopes } = (state ?? {}) as Record<string, unknown>;
    this.#keys.restore(keys);
    this.#scopes.restore(scopes);
  }
}

function keyOf(scope: string, key: string): string {
  return boundedString(`${scope}\0${key}`, KEY_CHARS);
}
