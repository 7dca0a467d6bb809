import type { CorrelationSpec } from './correlation.ts';
import { type FieldFamily, fieldNames, resolveField } from './fields.ts';
import { LIMITS } from './limits.ts';
import { didYouMean, RuleProblem } from './problem.ts';
import type { CorrelationRule, MatchField, Rule } from './rule.ts';
import type { FieldTable } from './view.ts';

export type ResolvedCorrelation = Pick<
  CorrelationRule,
  'spec' | 'members' | 'groupFields' | 'valueFields' | 'expression'
>;

/** A correlation's rules and fields, found. @throws RuleProblem */
export function resolveCorrelation(
  spec: CorrelationSpec,
  find: (reference: string) => Rule | undefined,
  all: readonly Rule[],
  table: FieldTable,
): ResolvedCorrelation {
  const members = spec.rules.map((reference) => {
    const rule = find(reference);
    if (!rule)
      throw new RuleProblem(spec.rulesLine, `correlates "${reference}", which did not load or is not there`);
    return rule;
  });
  if (depthOf(members, all) >= LIMITS.correlationDepth)
    throw new RuleProblem(spec.rulesLine, `correlates correlations deeper than ${LIMITS.correlationDepth}`);
  const field = (name: string, at: number): MatchField => {
    const alias = spec.aliases.get(name);
    const its = alias?.get(spec.rules[at]!) ?? name;
    const member = members[at]!;
    if (member.kind === 'correlation' && member.spec.groupBy.includes(its)) return { name: its, field: null };
    const family = familyOf(member, all);
    const resolved = resolveField(its, family);
    if (!resolved)
      throw new RuleProblem(
        spec.groupByLine,
        `"${its}" is no field of ${spec.rules[at]}${didYouMean(its, fieldNames(family))}`,
      );
    return { name: its, field: table.intern(resolved.key, its, resolved.reader) };
  };
  return {
    spec,
    members: members.map((rule) => rule.index),
    groupFields: members.map((_, at) => spec.groupBy.map((name) => field(name, at))),
    valueFields: members.map((_, at) => (spec.field === null ? null : field(spec.field, at))),
    expression: spec.expression,
  };
}

/** The family of a rule's fields; of a correlation's, that of its first rule. */
function familyOf(rule: Rule, all: readonly Rule[]): FieldFamily {
  let at = rule;
  while (at.kind === 'correlation') at = all[at.members[0]!]!;
  return at.source.family;
}

function depthOf(members: readonly Rule[], all: readonly Rule[]): number {
  let depth = 0;
  let level: readonly Rule[] = members;
  while (level.some((rule) => rule.kind === 'correlation') && depth <= LIMITS.correlationDepth) {
    depth += 1;
    const below = level.flatMap((rule) => (rule.kind === 'correlation' ? rule.members : []));
    level = [...new Set(below)].map((index) => all[index]!);
  }
  return depth;
}
