/** How far ahead of its reading a line may be dated: zones, and clocks that disagree. */
const AHEAD_US = 86_400_000_000;
const LATEST = 16;

/** So many lines in a row, dated back further than the window, and the story believes them. */
const BELIEVED_BACK = 4;

/**
 * Where an event stands in the story of its key. Time stamps are the writer's word: whoever may write to a log may
 * date a line as they like.
 *
 * A line from the future (a day and more after it was read) moves nothing: it counts at the story's last time. Not so
 * where the whole story is of that future: then it is the reader's clock that is wrong.
 */
export function placeInTime(
  story: { readonly lastUs: number } | undefined,
  timeUs: number,
  observedUs: number,
): number {
  const latestUs = observedUs + AHEAD_US;
  return story !== undefined && timeUs > latestUs && story.lastUs <= latestUs ? story.lastUs : timeUs;
}

export function isFuture(timeUs: number, observedUs: number): boolean {
  return timeUs > observedUs + AHEAD_US;
}

/**
 * The same for stories that may be dated back: a line from before the story's window moves nothing either, until the
 * fourth in a row: then the clock was set back. A story that a line from the future had begun is called back at once.
 */
export function placeInWindow(
  story: { readonly lastUs: number; back: number } | undefined,
  timeUs: number,
  observedUs: number,
  windowUs: number,
): number {
  const placedUs = placeInTime(story, timeUs, observedUs);
  if (story === undefined) return placedUs;
  if (story.lastUs - placedUs <= windowUs || isFuture(story.lastUs, observedUs)) {
    story.back = 0;
    return placedUs;
  }
  story.back += 1;
  return story.back >= BELIEVED_BACK ? placedUs : story.lastUs;
}

/**
 * The earliest of the latest times: what all of the last 16 events agree has passed. Old stories are let go by it, so
 * one line, or fifteen, dated ahead make nobody's story old.
 */
export class SteadyTime {
  #latest: number[] = [];
  #next = 0;
  #passedUs: number | null = null;

  see(timeUs: number): void {
    this.#passedUs = null;
    this.#latest[this.#next] = timeUs;
    this.#next = (this.#next + 1) % LATEST;
  }

  /** Negative infinity until 16 events were seen. */
  get passedUs(): number {
    this.#passedUs ??= this.#latest.length < LATEST ? Number.NEGATIVE_INFINITY : Math.min(...this.#latest);
    return this.#passedUs;
  }

  snapshot(): unknown {
    return { latest: this.#latest, next: this.#next };
  }

  restore(state: unknown): void {
    const { latest, next } = (state ?? {}) as { latest?: number[]; next?: number };
    this.#latest = Array.isArray(latest) ? [...latest] : [];
    this.#next = next ?? 0;
    this.#passedUs = null;
  }
}
