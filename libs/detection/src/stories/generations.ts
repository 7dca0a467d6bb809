/** How many of the longest untouched are looked at for the one that matters least. */
const SAMPLE = 8;

export type Room = 'young' | 'old';

export interface GenerationsOptions<V> {
  /** Entries that were seen once. */
  readonly young: number;
  /** Entries that were promoted. */
  readonly old: number;
  /** How much an entry matters; the least goes first among those untouched longest. */
  weight(value: V): number;
  /** Told of each entry that had to go, was deleted, or moved to the other room. */
  onLeft?(key: string, value: V, from: Room): void;
  /** Told before of one that had to go because its room was full. */
  onForgotten?(key: string, value: V): void;
}

interface Entry<V> {
  readonly key: string;
  readonly value: V;
  room: Room;
  older: Entry<V> | null;
  newer: Entry<V> | null;
}

/**
 * A bounded map that a flood cannot empty. What was seen once stands on probation among its like; what came back is
 * protected in a room of its own. However many one-time keys arrive, they push out one another only. In the protected
 * room the lightest of the eight that were touched longest ago goes first.
 */
export class Generations<V> {
  readonly #entries = new Map<string, Entry<V>>();
  readonly #options: GenerationsOptions<V>;
  readonly #rooms: Record<Room, Queue<V>> = { young: new Queue<V>(), old: new Queue<V>() };

  constructor(options: GenerationsOptions<V>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Reads without touching. */
  peek(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#rooms[entry.room].touch(entry);
    return entry.value;
  }

  /** On probation; replaces what was there in either room. */
  add(key: string, value: V): void {
    this.delete(key);
    const { young } = this.#rooms;
    if (young.size >= this.#options.young) this.#forget(young.oldest!);
    this.#insert(key, value, 'young');
  }

  /** Into the protected room, where it is not there yet. @returns whether it moved. */
  promote(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.room === 'old') return false;
    const { young, old } = this.#rooms;
    if (old.size >= this.#options.old) this.#forgetLightest();
    young.unlink(entry);
    entry.room = 'old';
    old.append(entry);
    this.#options.onLeft?.(key, entry.value, 'young');
    return true;
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#remove(entry);
  }

  /** Lets the longest untouched of each room go while `dead` says so, at most `most` of each. */
  purge(dead: (value: V) => boolean, most: number): void {
    for (const queue of [this.#rooms.old, this.#rooms.young]) {
      for (let i = 0; i < most; i++) {
        const oldest = queue.oldest;
        if (oldest === null || !dead(oldest.value)) break;
        this.#remove(oldest);
      }
    }
  }

  /** JSON-serialisable where the values are; oldest first. */
  snapshot(): { young: [string, V][]; old: [string, V][] } {
    return { young: this.#rooms.young.all(), old: this.#rooms.old.all() };
  }

  restore(state: unknown): void {
    this.#entries.clear();
    for (const room of ['young', 'old'] as const) {
      this.#rooms[room] = new Queue<V>();
      const saved = ((state ?? {}) as Partial<Record<Room, [string, V][]>>)[room] ?? [];
      for (const [key, value] of saved) this.#insert(key, value, room);
    }
  }

  #insert(key: string, value: V, room: Room): void {
    const entry: Entry<V> = { key, value, room, older: null, newer: null };
    this.#entries.set(key, entry);
    this.#rooms[room].append(entry);
  }

  #remove(entry: Entry<V>): void {
    this.#entries.delete(entry.key);
    this.#rooms[entry.room].unlink(entry);
    this.#options.onLeft?.(entry.key, entry.value, entry.room);
  }

  #forget(entry: Entry<V>): void {
    this.#options.onForgotten?.(entry.key, entry.value);
    this.#remove(entry);
  }

  #forgetLightest(): void {
    let entry = this.#rooms.old.oldest;
    let lightest = entry;
    let least = Number.POSITIVE_INFINITY;
    for (let looked = 0; entry !== null && looked < SAMPLE; looked++) {
      const weight = this.#options.weight(entry.value);
      if (weight < least) {
        least = weight;
        lightest = entry;
      }
      entry = entry.newer;
    }
    if (lightest !== null) this.#forget(lightest);
  }
}

/** Entries in the order in which they were touched. */
class Queue<V> {
  oldest: Entry<V> | null = null;
  #newest: Entry<V> | null = null;
  size = 0;

  append(entry: Entry<V>): void {
    entry.older = this.#newest;
    entry.newer = null;
    if (this.#newest === null) this.oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
    this.size += 1;
  }

  unlink(entry: Entry<V>): void {
    if (entry.older === null) this.oldest = entry.newer;
    else entry.older.newer = entry.newer;
    if (entry.newer === null) this.#newest = entry.older;
    else entry.newer.older = entry.older;
    entry.older = null;
    entry.newer = null;
    this.size -= 1;
  }

  touch(entry: Entry<V>): void {
    if (entry === this.#newest) return;
    this.unlink(entry);
    this.append(entry);
  }

  all(): [string, V][] {
    const out: [string, V][] = [];
    for (let entry = this.oldest; entry !== null; entry = entry.newer) out.push([entry.key, entry.value]);
    return out;
  }
}
