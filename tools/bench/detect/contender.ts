import type { TimedRun } from './timed.ts';

/** One program on the same log. */
export interface Contender {
  /** With its version. */
  readonly name: string;
  /** Reads the whole log and tells which addresses it holds for attackers. Its files go below `dir`. */
  run(log: string, dir: string): Promise<TimedRun & { readonly found: ReadonlySet<string> }>;
}
