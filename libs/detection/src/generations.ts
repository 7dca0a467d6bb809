import { BoundedMap } from './bounded-map.ts';

/** How many of the longest untouched are looked at for the one that matters least. */
const SAMPLE = 8;

export interface GenerationsOptions<V> {
  /** Entries that were seen once. */
  readonly young: number;
  /** Entries that were promoted. */
  readonly old: number;
  /** How much an entry matters; the least goes first among those untouched longest. */
  weight(value: V): number;
  /** Told of each entry that had to go or moved on. */
  onLeft?(key: string, from: 'young' | 'old'): void;
}

/**
 * A bounded map that a flood cannot empty. What was seen once stands on probation among its like; what came back is
 * protected in a room of its own. However many one-time keys arrive, they push out one another only. In the protected
 * room the lightest of the eight that were touched longest ago goes first.
 */
export class Generations<V> {
  readonly #young: BoundedMap<V>;
  readonly #old = new BoundedMap<V>(Number.POSITIVE_INFINITY);
  readonly #options: GenerationsOptions<V>;

  constructor(options: GenerationsOptions<V>) {
    this.#options = options;
    this.#young = new BoundedMap<V>(options.young, (key) => options.onLeft?.(key, 'young'));
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  peek(key: string): V | undefined {
    return this.#old.peek(key) ?? this.#young.peek(key);
  }

  get(key: string): V | undefined {
    return this.#old.get(key) ?? this.#young.get(key);
  }

  /** On probation; replaces what was there in either room. */
  add(key: string, value: V): void {
    this.delete(key);
    this.#young.set(key, value);
  }

  /** Into the protected room, where it is not there yet. @returns whether it moved. */
  promote(key: string): boolean {
    const value = this.#young.peek(key);
    if (value === undefined) return false;
    this.#young.delete(key);
    this.#options.onLeft?.(key, 'young');
    if (this.#old.size >= this.#options.old) this.#forgetLightest();
    this.#old.set(key, value);
    return true;
  }

  delete(key: string): void {
    if (this.#old.peek(key) !== undefined) this.#remove(this.#old, key, 'old');
    else if (this.#young.peek(key) !== undefined) this.#remove(this.#young, key, 'young');
  }

  /** Lets the longest untouched of each room go while `dead` says so, at most `most` of each. */
  purge(dead: (value: V) => boolean, most: number): void {
    for (const [room, name] of [
      [this.#old, 'old'],
      [this.#young, 'young'],
    ] as const) {
      for (let i = 0; i < most; i++) {
        const oldest = room.oldest();
        if (oldest === undefined || !dead(oldest[1])) break;
        this.#remove(room, oldest[0], name);
      }
    }
  }

  *entries(): IterableIterator<[string, V]> {
    yield* this.#young.entries();
    yield* this.#old.entries();
  }

  snapshot(): { young: [string, V][]; old: [string, V][] } {
    return { young: this.#young.snapshot(), old: this.#old.snapshot() };
  }

  restore(state: unknown): void {
    const { young, old } = (state ?? {}) as { young?: unknown; old?: unknown };
    this.#young.restore(young);
    this.#old.restore(old);
  }

  #remove(room: BoundedMap<V>, key: string, from: 'young' | 'old'): void {
    room.delete(key);
    this.#options.onLeft?.(key, from);
  }

  #forgetLightest(): void {
    let lightest: string | null = null;
    let least = Number.POSITIVE_INFINITY;
    let looked = 0;
    for (const [key, value] of this.#old.entries()) {
      const weight = this.#options.weight(value);
      if (weight < least) {
        least = weight;
        lightest = key;
      }
      looked += 1;
      if (looked >= SAMPLE) break;
    }
    if (lightest !== null) this.#remove(this.#old, lightest, 'old');
  }
}
