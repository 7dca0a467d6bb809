/** How far ahead of its reading a line may be dated: zones, and clocks that disagree. */
const AHEAD_US = 86_400_000_000;
const LATEST = 16;

interface Dated {
  lastUs: number;
}

/**
 * Where an event stands in the story of its key. Time stamps are the writer's word: whoever may write to a log may
 * date a line as they like.
 *
 * A line from the future (a day and more after it was read) moves nothing: it counts at the story's last time. Not so
 * where the whole story is of that future: then it is the reader's clock that is wrong.
 */
export function placeInTime(story: Dated | undefined, timeUs: number, observedUs: number): number {
  const latestUs = observedUs + AHEAD_US;
  return story !== undefined && timeUs > latestUs && story.lastUs <= latestUs ? story.lastUs : timeUs;
}

/**
 * The earliest of the latest times: what all of the last 16 events agree has passed. Old stories are let go by it, so
 * one line, or fifteen, dated ahead make nobody's story old.
 */
export class SteadyTime {
  #latest: number[] = [];
  #next = 0;

  see(timeUs: number): void {
    this.#latest[this.#next] = timeUs;
    this.#next = (this.#next + 1) % LATEST;
  }

  /** Negative infinity until 16 events were seen. */
  get passedUs(): number {
    return this.#latest.length < LATEST ? Number.NEGATIVE_INFINITY : Math.min(...this.#latest);
  }

  snapshot(): unknown {
    return { latest: this.#latest, next: this.#next };
  }

  restore(state: unknown): void {
    const { latest, next } = (state ?? {}) as { latest?: number[]; next?: number };
    this.#latest = Array.isArray(latest) ? [...latest] : [];
    this.#next = next ?? 0;
  }
}
