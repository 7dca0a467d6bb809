import { BoundedMap } from '../bounded-map.ts';

/** What evidence weighs beside its text: positions, ids, the object itself. */
export const EVIDENCE_OVERHEAD_BYTES = 200;

/**
 * Counts how much text is kept under which key. Over its bound, the key that got text longest ago has to let go
 * of all of it.
 */
export class TextBudget {
  readonly #held = new BoundedMap<number>(Number.POSITIVE_INFINITY);
  readonly #limitBytes: number;
  readonly #strip: (key: string) => void;
  #bytes = 0;

  /** @param strip must drop the text under the key; it is not called for what was released. */
  constructor(limitBytes: number, strip: (key: string) => void) {
    this.#limitBytes = limitBytes;
    this.#strip = strip;
  }

  hold(key: string, bytes: number): void {
    this.#held.set(key, (this.#held.peek(key) ?? 0) + bytes);
    this.#bytes += bytes;
    while (this.#bytes > this.#limitBytes) {
      const oldest = this.#held.oldest();
      if (oldest === undefined) break;
      this.release(oldest[0]);
      this.#strip(oldest[0]);
    }
  }

  /** @returns how much was held under the key. */
  release(key: string): number {
    const bytes = this.#held.peek(key) ?? 0;
    if (bytes > 0) {
      this.#held.delete(key);
      this.#bytes -= bytes;
    }
    return bytes;
  }

  snapshot(): unknown {
    return this.#held.snapshot();
  }

  restore(state: unknown): void {
    this.#held.restore(state);
    this.#bytes = 0;
    for (const [, bytes] of this.#held.entries()) this.#bytes += bytes;
  }
}
