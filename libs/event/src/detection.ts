/** How much it matters; Sigma's levels. */
export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical';

/** A line that a detection rests on. */
export interface Evidence {
  /** LogRecord id. */
  readonly id: string;
  readonly host: string;
  readonly file: string;
  /** 1-based line where it is known, else absent. */
  readonly line?: number;
  readonly offset: number;
  readonly timeUs: number;
  /** The line, bounded to 1,024 characters. */
  readonly text: string;
}

export interface Detection {
  /** Derived from rule, entities and the first evidence: a replay makes the same id. */
  readonly id: string;
  /**
   * Counts up when the same story goes on (more failures from the same address): a new version is a new
   * point with more evidence, never a rewrite of the old one.
   */
  readonly version: number;
  /** Stable rule name, kebab case: `ssh-brute-force-address`. */
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  /** Event time of the line that completed it. */
  readonly timeUs: number;
  /** When the story began. */
  readonly firstUs: number;
  /** ECS names to values: `source.address`, `user.name`, `host.name`, … */
  readonly entities: Readonly<Record<string, string>>;
  /** MITRE ATT&CK ids. */
  readonly techniques: readonly string[];
  /** First lines of the story, at most 20; `evidenceCount` tells how many there were. */
  readonly evidence: readonly Evidence[];
  readonly evidenceCount: number;
  /** In plain words: what happened, what was usual, what to do next. */
  readonly reason: string;
}
