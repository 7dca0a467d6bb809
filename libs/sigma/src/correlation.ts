import { type Condition, parseCondition } from './condition.ts';
import { LIMITS } from './limits.ts';
import { flagOf, lineOf, textOf, textsOf } from './metadata.ts';
import { didYouMean, RuleProblem } from './problem.ts';
import { parseTimespan } from './timespan.ts';
import { get, type YamlMap } from './yaml-tree.ts';

export type CorrelationType =
  | 'event_count'
  | 'value_count'
  | 'value_sum'
  | 'value_avg'
  | 'value_percentile'
  | 'temporal'
  | 'temporal_ordered';

const TYPES: readonly CorrelationType[] = [
  'event_count',
  'value_count',
  'value_sum',
  'value_avg',
  'value_percentile',
  'temporal',
  'temporal_ordered',
];

export interface Bound {
  readonly op: 'lt' | 'lte' | 'gt' | 'gte' | 'eq' | 'neq';
  readonly value: number;
}

/** A correlation as its document says it; rules are still names. */
export interface CorrelationSpec {
  readonly type: CorrelationType;
  readonly rules: readonly string[];
  readonly rulesLine: number;
  readonly groupBy: readonly string[];
  readonly groupByLine: number;
  readonly spanUs: number;
  /** All hold. Empty for `temporal` without a number. */
  readonly bounds: readonly Bound[];
  /** Of value_*: the field that is counted, summed or averaged. */
  readonly field: string | null;
  readonly percentile: number;
  /** Of temporal: which rules, when not all of them. */
  readonly expression: Condition | null;
  /** Alias → rule name → its field. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The rules that it is made of speak for themselves too. */
  readonly generate: boolean;
}

const OPS = ['lt', 'lte', 'gt', 'gte', 'eq', 'neq'] as const;
const KEYS = [
  'type',
  'rules',
  'group-by',
  'timespan',
  'timeframe',
  'condition',
  'aliases',
  'generate',
  'field',
  'percentile',
];

/** @throws RuleProblem */
export function readCorrelation(document: YamlMap): CorrelationSpec {
  const map = get(document, 'correlation')!;
  if (map.kind !== 'map') throw new RuleProblem(map.line, 'correlation is no map');
  for (const { key, line } of map.entries)
    if (!KEYS.includes(key)) throw new RuleProblem(line, `correlation has "${key}"${didYouMean(key, KEYS)}`);
  const typeText = textOf(map, 'type');
  if (typeText === undefined) throw new RuleProblem(map.line, 'correlation has no type');
  const type = TYPES.find((known) => known === typeText);
  if (!type)
    throw new RuleProblem(
      lineOf(map, 'type'),
      `there is no correlation "${typeText}"${didYouMean(typeText, TYPES) || `; expected one of ${TYPES.join(', ')}`}`,
    );
  const rules = [...new Set(textsOf(map, 'rules'))];
  const rulesLine = lineOf(map, 'rules');
  if (rules.length === 0) throw new RuleProblem(rulesLine, 'correlation names no rules');
  if (rules.length > LIMITS.correlatedRules)
    throw new RuleProblem(rulesLine, `correlation names more than ${LIMITS.correlatedRules} rules`);
  const span = textOf(map, 'timespan') ?? textOf(map, 'timeframe');
  if (span === undefined) throw new RuleProblem(map.line, 'correlation has no timespan');
  const condition = readCondition(map, type, rules);
  return {
    type,
    rules,
    rulesLine,
    groupBy: textsOf(map, 'group-by'),
    groupByLine: lineOf(map, 'group-by'),
    spanUs: parseTimespan(span, lineOf(map, 'timespan')),
    aliases: readAliases(map, rules),
    generate: flagOf(map, 'generate') || flagOf(document, 'generate'),
    ...condition,
  };
}

function readCondition(map: YamlMap, type: CorrelationType, rules: readonly string[]) {
  const node = get(map, 'condition');
  const line = lineOf(map, 'condition');
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  const outer = textOf(map, 'field');
  const none = {
    bounds: [] as Bound[],
    field: outer ?? null,
    percentile: percentileOf(map),
    expression: null,
  };
  if (node === undefined) {
    if (temporal) return none;
    throw new RuleProblem(map.line, `${type} has no condition`);
  }
  if (node.kind === 'scalar') {
    if (!temporal) throw new RuleProblem(line, `the condition of ${type} is a map like {gte: 5}`);
    return { ...none, expression: parseCondition(node.text, rules, line) };
  }
  if (node.kind === 'list')
    throw new RuleProblem(line, 'the condition is a list; expected a map like {gte: 5}');
  const bounds: Bound[] = [];
  for (const { key, line: at, value } of node.entries) {
    if (key === 'field' || key === 'percentile') continue;
    const op = OPS.find((known) => known === key);
    if (!op)
      throw new RuleProblem(
        at,
        `the condition has "${key}"${didYouMean(key, [...OPS, 'field']) || `; expected ${OPS.join(', ')} or field`}`,
      );
    const number = value.kind === 'scalar' ? Number(value.value ?? Number.NaN) : Number.NaN;
    if (!Number.isFinite(number) || number < 0) throw new RuleProblem(at, `${key} is no number`);
    if ((type === 'event_count' || type === 'value_count') && number > LIMITS.correlationCount)
      throw new RuleProblem(at, `counts further than ${LIMITS.correlationCount}`);
    bounds.push({ op, value: number });
  }
  if (bounds.length === 0) throw new RuleProblem(line, 'the condition compares with nothing');
  const field = textOf(node, 'field') ?? outer ?? null;
  if (type.startsWith('value_') && field === null)
    throw new RuleProblem(line, `${type} needs a field in its condition`);
  return { bounds, field, percentile: percentileOf(node), expression: null };
}

function percentileOf(map: YamlMap): number {
  const node = get(map, 'percentile');
  if (node === undefined) return 95;
  const number = node.kind === 'scalar' ? Number(node.value ?? Number.NaN) : Number.NaN;
  if (!(number > 0 && number <= 100)) throw new RuleProblem(node.line, 'percentile is a number up to 100');
  return number;
}

function readAliases(
  map: YamlMap,
  rules: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const node = get(map, 'aliases');
  const aliases = new Map<string, ReadonlyMap<string, string>>();
  if (node === undefined) return aliases;
  if (node.kind !== 'map') throw new RuleProblem(node.line, 'aliases is no map');
  for (const { key, line, value } of node.entries) {
    if (value.kind !== 'map') throw new RuleProblem(line, `the alias ${key} is no map from rules to fields`);
    const fields = new Map<string, string>();
    for (const entry of value.entries) {
      if (!rules.includes(entry.key))
        throw new RuleProblem(
          entry.line,
          `the alias ${key} names the rule "${entry.key}", which the correlation does not${didYouMean(entry.key, rules)}`,
        );
      fields.set(entry.key, textOf(value, entry.key) ?? '');
    }
    aliases.set(key, fields);
  }
  return aliases;
}
