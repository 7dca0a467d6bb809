import type { Story } from './story/story.ts';
import { BOUNDS } from './story/story.ts';

/**
 * The stories that can still grow, found by key. Keeps `limit` of them; the one that was touched longest ago is let
 * go first (a closed one before an open one among the oldest 64), and told to `onEvicted`.
 */
export class Shelf {
  readonly #stories = new Map<string, Story>();
  /** Key to the id of the story that had it last. */
  readonly #index = new Map<string, string>();
  readonly #limit: number;
  readonly #onEvicted: (story: Story) => void;

  constructor(limit: number, onEvicted: (story: Story) => void) {
    this.#limit = limit;
    this.#onEvicted = onEvicted;
  }

  get size(): number {
    return this.#stories.size;
  }

  find(key: string): Story | undefined {
    const id = this.#index.get(key);
    return id === undefined ? undefined : this.#stories.get(id);
  }

  all(): IterableIterator<Story> {
    return this.#stories.values();
  }

  /** Adds it, or makes it the youngest. */
  touch(story: Story): void {
    this.#stories.delete(story.id);
    this.#stories.set(story.id, story);
    if (this.#stories.size > this.#limit) this.#evict();
  }

  /** From now on the key leads to this story. Beyond 300 keys the story's oldest is forgotten. */
  index(key: string, story: Story): void {
    const before = this.#index.get(key);
    if (before === story.id) return;
    this.#index.set(key, story.id);
    if (story.keys.includes(key)) return;
    story.keys.push(key);
    if (story.keys.length > BOUNDS.keys) this.#unindex(story.keys.shift()!, story.id);
  }

  remove(story: Story): void {
    this.#stories.delete(story.id);
    for (const key of story.keys) this.#unindex(key, story.id);
  }

  snapshot(): readonly Story[] {
    return [...this.#stories.values()];
  }

  restore(stories: readonly Story[], index: readonly (readonly [string, string])[]): void {
    this.#stories.clear();
    this.#index.clear();
    for (const story of stories) this.#stories.set(story.id, story);
    for (const [key, id] of index) if (this.#stories.has(id)) this.#index.set(key, id);
  }

  indexSnapshot(): readonly (readonly [string, string])[] {
    return [...this.#index];
  }

  #unindex(key: string, id: string): void {
    if (this.#index.get(key) === id) this.#index.delete(key);
  }

  #evict(): void {
    let chosen: Story | undefined;
    let looked = 0;
    for (const story of this.#stories.values()) {
      chosen ??= story;
      if (story.closed) {
        chosen = story;
        break;
      }
      looked += 1;
      if (looked >= 64) break;
    }
    if (chosen === undefined) return;
    this.remove(chosen);
    this.#onEvicted(chosen);
  }
}
