import type { Condition } from './condition.ts';
import type { CorrelationSpec } from './correlation.ts';
import type { Source } from './logsources.ts';
import type { RuleMetadata } from './metadata.ts';
import type { Node, Predicate } from './node.ts';
import type { Literal } from './required.ts';

interface Common extends RuleMetadata {
  /** Number of the rule in its set. */
  readonly index: number;
  /** Stable name of its detections, kebab case: from `name`, else from the file's name. */
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  /** Changes with whatever changes what it finds; its state belongs to this. */
  readonly fingerprint: string;
  /** It makes detections; false where only correlations over it do. */
  speaks: boolean;
  /** Correlations that it feeds, by index. */
  readonly feeds: number[];
}

/** A rule about single records. */
export interface EventRule extends Common {
  readonly kind: 'rule';
  readonly source: Source;
  readonly tree: Node;
  readonly predicate: Predicate;
  /** One of them stands in its field when the rule holds; null: always look. */
  readonly literals: readonly Literal[] | null;
  /** `event.action`s that it can hold for, where its tree tells. */
  readonly actions: readonly string[] | null;
  /** It reads `attempt.*`: counts attempts, not lines. */
  readonly readsAttempt: boolean;
}

/** A rule about matches of other rules. */
export interface CorrelationRule extends Common {
  readonly kind: 'correlation';
  readonly spec: CorrelationSpec;
  /** Its rules, by index, in its order. */
  readonly members: readonly number[];
  /** Per member: how to read each of the group's fields from a match of it. */
  readonly groupFields: readonly (readonly MatchField[])[];
  /** Per member: the field that is counted or summed; null where nothing is. */
  readonly valueFields: readonly (MatchField | null)[];
  readonly expression: Condition | null;
}

/** A field of a match: of its record, or, when the match is a correlation's, of its group. */
export interface MatchField {
  readonly name: string;
  /** In the field table; null when the member is a correlation and its group has it under `name`. */
  readonly field: number | null;
}

export type Rule = EventRule | CorrelationRule;
