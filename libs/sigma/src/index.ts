export type { CorrelationSpec, CorrelationType } from './correlation.ts';
export type { RuleFile, RuleResult } from './documents.ts';
export { LIMITS } from './limits.ts';
export { type LoadedRules, type LoadOptions, loadRules } from './load.ts';
export { type Match, type Observed, RuleMatcher } from './matcher.ts';
export type { RuleMetadata, RuleTest, RuleTests } from './metadata.ts';
export type { CorrelationRule, EventRule, Rule } from './rule.ts';
export { RuleSet } from './rule-set.ts';
export type { Facts } from './view.ts';
