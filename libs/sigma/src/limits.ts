/**
 * Bounds on what a rule file may ask for, so that a hostile or mistaken one costs a moment and a message. What is
 * beyond a bound is refused with a reason; nothing is cut off silently.
 */
export const LIMITS = {
  /** Characters of a file. */
  fileChars: 1_048_576,
  /** Characters of all files together. */
  totalChars: 33_554_432,
  /** Documents of a file. */
  documents: 1_000,
  /** Maps and lists within each other. */
  depth: 32,
  /** Nodes of a document, aliases counted each time they are used. */
  nodes: 50_000,
  /** Values of a rule, after modifiers have multiplied them. */
  values: 20_000,
  /** Characters of a value. */
  valueChars: 2_048,
  /** `*` and `?` of a value. */
  wildcards: 100,
  /** Characters of a regular expression. */
  regexChars: 2_048,
  /** Instructions of a regular expression, roughly: its characters, each as often as it is to be repeated. */
  regexWork: 1_024,
  /** The same of all regular expressions of a rule. */
  regexWorkOfRule: 20_000,
  /** Characters of a condition. */
  conditionChars: 16_384,
  /** Names and operators of a condition. */
  conditionTokens: 2_000,
  /** Parentheses and `not` within each other. */
  conditionDepth: 64,
  /** Rules of a set. */
  rules: 20_000,
  /** Rules that one correlation names. */
  correlatedRules: 100,
  /** Correlations over correlations over … */
  correlationDepth: 16,
  /** Largest count that a correlation may wait for. */
  correlationCount: 10_000,
  /** Characters of a field's value that patterns look at; a log line is shorter. */
  textChars: 65_536,
} as const;
