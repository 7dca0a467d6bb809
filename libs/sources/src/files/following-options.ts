import type { GlobPattern } from './glob.ts';

/** What a file source follows, and how. Defaults are the source's business. */
export interface FollowingOptions {
  readonly name: string;
  readonly globs: readonly GlobPattern[];
  readonly exclude: readonly string[];
  readonly start: 'beginning' | 'end';
  readonly format?: string;
  readonly maxLineBytes: number;
  readonly blockBytes: number;
  /** A rotated or deleted file counts as finished when nothing was written to it for so long. */
  readonly rotatedQuietMs: number;
  readonly maxOpenFiles: number;
  readonly root: string;
  readonly clock: () => number;
  readonly randomId: () => string;
}
