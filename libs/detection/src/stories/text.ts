import { BoundedMap } from '../bounded-map.ts';
import { ownString } from '../own-string.ts';

export interface TextHolder {
  /** Text that is kept, as counted by the budget; 0 where there is none. */
  textBytes: number;
}

/**
 * Counts how much text stories keep, in the stories themselves: it is asked for each line of a flood. Over its bound,
 * the story that got its first text longest ago lets go of all of it.
 */
export class StoryText<H extends TextHolder> {
  readonly #held = new BoundedMap<H>(Number.POSITIVE_INFINITY);
  readonly #limitBytes: number;
  readonly #strip: (holder: H) => void;
  #bytes = 0;

  /** @param strip must drop the holder's text; it is not called for what was released. */
  constructor(limitBytes: number, strip: (holder: H) => void) {
    this.#limitBytes = limitBytes;
    this.#strip = strip;
  }

  get bytes(): number {
    return this.#bytes;
  }

  hold(key: string, holder: H, bytes: number): void {
    if (holder.textBytes === 0) this.#held.set(ownString(key), holder);
    holder.textBytes += bytes;
    this.#bytes += bytes;
    while (this.#bytes > this.#limitBytes) {
      const oldest = this.#held.oldest();
      if (oldest === undefined) break;
      this.release(oldest[0], oldest[1]);
      this.#strip(oldest[1]);
    }
  }

  /** @returns how much was held. */
  release(key: string, holder: H): number {
    const bytes = holder.textBytes;
    if (bytes > 0) {
      this.#held.delete(key);
      this.#bytes -= bytes;
      holder.textBytes = 0;
    }
    return bytes;
  }

  /** Keys in the order in which they will have to let go. */
  snapshot(): string[] {
    return [...this.#held.entries()].map(([key]) => key);
  }

  /** @param find the holder under a key, with its `textBytes` as they were. */
  restore(keys: unknown, find: (key: string) => H | undefined): void {
    this.#held.clear();
    this.#bytes = 0;
    for (const key of Array.isArray(keys) ? (keys as string[]) : []) {
      const holder = find(key);
      if (holder === undefined) continue;
      this.#held.set(key, holder);
      this.#bytes += holder.textBytes;
    }
  }
}
