const SLOTS = 65_536;
const MINUTE_US = 60_000_000;
const MOST = 65_535;

/** What is left of a story that had to go. */
export interface Ghost {
  readonly count: number;
  /** Rounded down to the minute: nothing seems younger than it was. */
  readonly firstUs: number;
  readonly lastUs: number;
}

/**
 * Counts of keys that had to be forgotten, fourteen bytes each: a botnet of twenty thousand addresses that take turns
 * is longer than any list of stories, and each of them comes back. 65,536 of them; of the two places that a key may
 * stand in, the one that counts less, or that is over, is overwritten. Two keys may be taken for one with odds of one
 * in thirty thousand million for each pair. Nothing is allocated before the first is kept.
 */
export class Ghosts {
  #marks: Uint32Array | null = null;
  #counts = new Uint16Array(0);
  #firsts = new Uint32Array(0);
  #lasts = new Uint32Array(0);

  /** @param overUs stories that ended before are over. */
  keep(key: string, ghost: Ghost, overUs: number): void {
    if (this.#marks === null) this.#allocate();
    const { slot, mark } = placeOf(key);
    const at = this.#weight(slot, overUs) <= this.#weight(slot ^ 1, overUs) ? slot : slot ^ 1;
    if (this.#weight(at, overUs) > ghost.count) return;
    this.#marks![at] = mark;
    this.#counts[at] = Math.min(ghost.count, MOST);
    this.#firsts[at] = minuteOf(ghost.firstUs);
    this.#lasts[at] = minuteOf(ghost.lastUs);
  }

  /** What was kept under the key; it is forgotten here. */
  take(key: string): Ghost | null {
    if (this.#marks === null) return null;
    const { slot, mark } = placeOf(key);
    for (const at of [slot, slot ^ 1]) {
      const count = this.#counts[at]!;
      if (count === 0 || this.#marks[at] !== mark) continue;
      this.#counts[at] = 0;
      return { count, firstUs: this.#firsts[at]! * MINUTE_US, lastUs: this.#lasts[at]! * MINUTE_US };
    }
    return null;
  }

  snapshot(): unknown {
    if (this.#marks === null) return null;
    return [this.#marks, this.#counts, this.#firsts, this.#lasts].map((array) =>
      Buffer.from(array.buffer).toString('base64'),
    );
  }

  restore(state: unknown): void {
    this.#marks = null;
    if (!Array.isArray(state) || state.length !== 4) return;
    this.#allocate();
    for (const [i, array] of [this.#marks!, this.#counts, this.#firsts, this.#lasts].entries()) {
      const bytes = Buffer.from(String(state[i]), 'base64');
      if (bytes.length === array.byteLength) new Uint8Array(array.buffer).set(bytes);
    }
  }

  #allocate(): void {
    this.#marks = new Uint32Array(SLOTS);
    this.#counts = new Uint16Array(SLOTS);
    this.#firsts = new Uint32Array(SLOTS);
    this.#lasts = new Uint32Array(SLOTS);
  }

  #weight(at: number, overUs: number): number {
    return this.#lasts[at]! * MINUTE_US < overUs ? 0 : this.#counts[at]!;
  }
}

function minuteOf(us: number): number {
  return Math.max(0, Math.min(0xffffffff, Math.floor(us / MINUTE_US)));
}

interface Place {
  readonly key: string;
  readonly slot: number;
  readonly mark: number;
}

let latest: Place = { key: '', slot: 0, mark: 0 };

/** Two rounds of FNV-1a with different beginnings: 16 bits for the place, 32 for the mark. */
function placeOf(key: string): Place {
  // Several detectors look for the same address of the same line.
  if (key === latest.key) return latest;
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < key.length; i++) {
    const c = key.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b);
    b ^= b >>> 13;
  }
  latest = { key, slot: ((a ^ (a >>> 16)) & (SLOTS - 1)) >>> 0, mark: b >>> 0 };
  return latest;
}
