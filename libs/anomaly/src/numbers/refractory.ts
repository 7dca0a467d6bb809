/**
 * One event, one alarm: after a reading has spoken, the ones behind it rest unless they are clearly odder. A machine that
 * stays broken is not broken anew with each reading.
 */
export class Refractory {
  readonly #rest: number;
  readonly #margin: number;
  readonly #floor: number;
  #since = Number.MAX_SAFE_INTEGER;
  #level = 0;

  /** @param rest readings; @param margin and @param floor in units of rarity; nothing below the floor begins a rest. */
  constructor(options: { readonly rest: number; readonly margin: number; readonly floor: number }) {
    this.#rest = options.rest;
    this.#margin = options.margin;
    this.#floor = options.floor;
  }

  /** @returns whether this reading speaks. */
  observe(rarity: number): boolean {
    this.#since = Math.min(this.#since + 1, Number.MAX_SAFE_INTEGER);
    if (rarity <= this.#floor) return false;
    if (this.#since < this.#rest && rarity <= this.#level + this.#margin) return false;
    this.#since = 0;
    this.#level = rarity;
    return true;
  }

  snapshot(): unknown {
    return [this.#since, this.#level];
  }

  restore(state: unknown): void {
    [this.#since, this.#level] = state as [number, number];
  }
}
