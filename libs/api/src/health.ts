import type { StoreBacklog } from '@suite/store';

/** How NADIR is, as its main knows it at this moment. */
export interface Health {
  readonly version: string;
  readonly startedUs: number;
  readonly journal: {
    readonly headPosition: number;
    readonly tailPosition: number;
    readonly sizeBytes: number;
  };
  /** Journal position that is stored; lag is what is left to the head. */
  readonly pipeline: { readonly position: number; readonly lag: number };
  /** Counters by name since the start: lines, batches, duplicates, refused, … */
  readonly intake: Readonly<Record<string, number>>;
  readonly store: StoreBacklog;
  /** What is wrong, one sentence each with what to do; empty when all is well. */
  readonly problems: readonly string[];
}
