/** Keys of each of the two generations. */
const GENERATION = 4_096;

/**
 * A cache of at most 8,192 keys in two generations: what is asked for moves to the young one, and when that is full the
 * old one is forgotten whole. Cheaper than a list in order of use: a hit in the young generation writes nothing.
 */
export class RecentKeys<V> {
  #young = new Map<number, V>();
  #old = new Map<number, V>();

  get(key: number): V | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: number, value: V): void {
    this.#young.set(key, value);
    if (this.#young.size < GENERATION) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  /** @param toNumber what stands for a value in JSON. */
  snapshot(toNumber: (value: V) => number): unknown {
    const write = (map: Map<number, V>) => [...map].map(([key, value]) => [key, toNumber(value)]);
    return [write(this.#young), write(this.#old)];
  }

  restore(state: unknown, toValue: (number: number) => V): void {
    const [young, old] = state as [[number, number][], [number, number][]];
    this.#young = new Map(young.map(([key, number]) => [key, toValue(number)]));
    this.#old = new Map(old.map(([key, number]) => [key, toValue(number)]));
  }
}
