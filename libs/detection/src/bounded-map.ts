/** Slots are linked in the order of use, by index: no object per entry, no walk over what was deleted. */
const NONE = -1;
const FIRST_SLOTS = 16;

/**
 * A map of at most `limit` entries: the one that was touched longest ago is forgotten first. Order is the order of
 * calls, never of times in a log, so that a forged time stamp ages nothing.
 */
export class BoundedMap<V> {
  readonly #slots = new Map<string, number>();
  readonly #limit: number;
  readonly #onForgotten: ((key: string, value: V) => void) | undefined;
  #keys: (string | undefined)[] = [];
  #values: (V | undefined)[] = [];
  #older = new Int32Array(0);
  #newer = new Int32Array(0);
  #oldest = NONE;
  #newest = NONE;
  #free = NONE;

  /** @param onForgotten told of an entry that had to go because the map is full. */
  constructor(limit: number, onForgotten?: (key: string, value: V) => void) {
    this.#limit = limit;
    this.#onForgotten = onForgotten;
  }

  get size(): number {
    return this.#slots.size;
  }

  /** Reads without touching. */
  peek(key: string): V | undefined {
    const slot = this.#slots.get(key);
    return slot === undefined ? undefined : this.#values[slot];
  }

  get(key: string): V | undefined {
    const slot = this.#slots.get(key);
    if (slot === undefined) return undefined;
    this.#touch(slot);
    return this.#values[slot];
  }

  set(key: string, value: V): void {
    const known = this.#slots.get(key);
    if (known !== undefined) {
      this.#values[known] = value;
      this.#touch(known);
      return;
    }
    if (this.#slots.size >= this.#limit) this.#forgetOldest();
    const slot = this.#take();
    this.#keys[slot] = key;
    this.#values[slot] = value;
    this.#slots.set(key, slot);
    this.#append(slot);
  }

  delete(key: string): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    this.#slots.delete(key);
    this.#unlink(slot);
    this.#keys[slot] = undefined;
    this.#values[slot] = undefined;
    this.#newer[slot] = this.#free;
    this.#free = slot;
  }

  /** The entry that would be forgotten next. */
  oldest(): readonly [string, V] | undefined {
    return this.#oldest === NONE ? undefined : [this.#keys[this.#oldest]!, this.#values[this.#oldest]!];
  }

  /** Oldest first. The entry just handed out may be deleted meanwhile, others not. */
  *entries(): IterableIterator<[string, V]> {
    let slot = this.#oldest;
    while (slot !== NONE) {
      const next = this.#newer[slot]!;
      yield [this.#keys[slot]!, this.#values[slot]!];
      slot = next;
    }
  }

  /** JSON-serialisable, oldest first. */
  snapshot(): [string, V][] {
    return [...this.entries()];
  }

  restore(entries: unknown): void {
    this.clear();
    if (!Array.isArray(entries)) return;
    for (const [key, value] of entries as [string, V][]) this.set(key, value);
  }

  clear(): void {
    this.#slots.clear();
    this.#keys = [];
    this.#values = [];
    this.#older = new Int32Array(0);
    this.#newer = new Int32Array(0);
    this.#oldest = NONE;
    this.#newest = NONE;
    this.#free = NONE;
  }

  #forgetOldest(): void {
    const slot = this.#oldest;
    if (slot === NONE) return;
    const key = this.#keys[slot]!;
    const value = this.#values[slot]!;
    this.delete(key);
    this.#onForgotten?.(key, value);
  }

  #take(): number {
    if (this.#free !== NONE) {
      const slot = this.#free;
      this.#free = this.#newer[slot]!;
      return slot;
    }
    const slot = this.#keys.length;
    if (slot >= this.#older.length) this.#grow();
    return slot;
  }

  #grow(): void {
    const size = Math.max(FIRST_SLOTS, this.#older.length * 2);
    const older = new Int32Array(size);
    const newer = new Int32Array(size);
    older.set(this.#older);
    newer.set(this.#newer);
    this.#older = older;
    this.#newer = newer;
  }

  #touch(slot: number): void {
    if (slot === this.#newest) return;
    this.#unlink(slot);
    this.#append(slot);
  }

  #append(slot: number): void {
    this.#older[slot] = this.#newest;
    this.#newer[slot] = NONE;
    if (this.#newest === NONE) this.#oldest = slot;
    else this.#newer[this.#newest] = slot;
    this.#newest = slot;
  }

  #unlink(slot: number): void {
    const older = this.#older[slot]!;
    const newer = this.#newer[slot]!;
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
  }
}
