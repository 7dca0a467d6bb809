/**
 * One way of looking at a series: turns each reading into how odd it is on a scale of its own, 0 for not at all.
 * What is odd enough is judged by a `Tail`, so the scale and the unit do not matter.
 */
export interface Channel {
  readonly name: string;
  /** Called once a reading, in order, with finite values; looks at what was before it, then learns it. */
  observe(timeSeconds: number, value: number): number;
  /** JSON-serialisable; `restore` of it makes a channel that behaves the same from here on. */
  snapshot(): unknown;
  restore(state: unknown): void;
}
