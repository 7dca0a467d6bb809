import type { Level } from '@suite/event';

/**
 * What a rule is for, beside its code: `docs/detections.md` is generated from these, `rules.test.ts` runs their
 * examples through the whole of parse and detect.
 */
export interface RuleAbout {
  /** The `rule` of the detections. */
  readonly rule: string;
  readonly title: string;
  /** Levels that its detections may have, lowest first. */
  readonly levels: readonly Level[];
  /** MITRE ATT&CK ids. */
  readonly techniques: readonly string[];
  /** Which logs or measurements it reads, for a person: `sshd`, `Traefik, nginx and Apache access logs`. */
  readonly source: string;
  /** What it means when it speaks, in one or two sentences. */
  readonly why: string;
  /** When it speaks though all is well. */
  readonly falsePositives: readonly string[];
  /** What to do, in one or two sentences. */
  readonly next: string;
  /** Bounds of its memory and what is forgotten first; absent where it keeps nothing. */
  readonly keeps?: string;
  readonly examples: RuleExamples | TestedElsewhere;
}

export interface RuleExamples {
  /** Each makes at least one detection of this rule. */
  readonly match: readonly Example[];
  /** None makes a detection of this rule. */
  readonly ignore: readonly Example[];
}

export interface Example {
  /** What is special about it: `five failures within a minute`. */
  readonly name: string;
  /** Raw log lines, as a file would hold them. */
  readonly log: string;
  /** Path that the log would have (histories: `/home/pi/.bash_history`); default `/var/log/example.log`. */
  readonly path?: string;
  /** Name of the log's format; found out where absent. */
  readonly format?: string;
}

/** For what lines alone cannot show: absence, measurements, learning. */
export interface TestedElsewhere {
  /** Path of the test file in the repository. */
  readonly testedIn: string;
}
