/** Bounds of one command line. What lies beyond is not looked at; the judgement says that the line was cut. */
export const LIMITS = {
  /** Characters looked at: the first of the line, and the last. */
  headChars: 48 * 1024,
  tailChars: 8 * 1024,
  /** Nesting of substitutions, quotes in quotes, groups. */
  depth: 24,
  /** Shells in shells (`sh -c`, `eval`, decoded text). */
  layers: 6,
  /** Words, commands and parts of one line together. */
  nodes: 20_000,
  /** Commands that one line unfolds to. */
  invocations: 600,
  /** Characters that all expansions of one line may produce together. */
  expandedChars: 256 * 1024,
  /** Characters kept of one variable or one decoded text. */
  valueChars: 16 * 1024,
  /** Words that one brace expression may become. */
  braceWords: 64,
} as const;
