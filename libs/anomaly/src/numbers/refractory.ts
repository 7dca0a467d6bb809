/** Readings right behind one that spoke: the rise of the same event. */
const SILENT = 4;
/** An event is at most this part of the history that it stands out from. */
const PART_OF_HISTORY = 0.2;

/**
 * One event, one alarm: after a reading has spoken, the ones behind it rest unless they are clearly odder. A machine that
 * stays broken is not broken anew with each reading.
 */
export class Refractory {
  readonly #rest: number;
  readonly #margin: number;
  readonly #floor: number;
  #seen = 0;
  #spokeAt = Number.NEGATIVE_INFINITY;
  #level = 0;

  /** @param rest readings; @param margin and @param floor in units of rarity; nothing below the floor begins a rest. */
  constructor(options: { readonly rest: number; readonly margin: number; readonly floor: number }) {
    this.#rest = options.rest;
    this.#margin = options.margin;
    this.#floor = options.floor;
  }

  /** @returns whether this reading speaks. */
  observe(rarity: number): boolean {
    this.#seen += 1;
    if (rarity <= this.#floor) return false;
    const since = this.#seen - this.#spokeAt;
    const resting = since < Math.min(this.#rest, PART_OF_HISTORY * this.#seen);
    if (resting && (since <= SILENT || rarity <= this.#level + this.#margin)) return false;
    this.#spokeAt = this.#seen;
    this.#level = rarity;
    return true;
  }

  snapshot(): unknown {
    return { seen: this.#seen, spokeAt: this.#level === 0 ? null : this.#spokeAt, level: this.#level };
  }

  restore(state: unknown): void {
    const { seen, spokeAt, level } = state as { seen: number; spokeAt: number | null; level: number };
    this.#seen = seen;
    this.#spokeAt = spokeAt ?? Number.NEGATIVE_INFINITY;
    this.#level = level;
  }
}
