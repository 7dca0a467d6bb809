import { type Condition, parseCondition } from './condition.ts';
import { searchOf } from './detection-tree.ts';
import type { RuleDocument } from './documents.ts';
import { type FieldFamily, resolveField } from './fields.ts';
import type { LeafContext } from './leaves.ts';
import { LIMITS } from './limits.ts';
import { resolveLogsource, type Source } from './logsources.ts';
import { lineOf, readLogsource } from './metadata.ts';
import { type Node, predicateOf } from './node.ts';
import { RuleProblem } from './problem.ts';
import { requiredLiterals, requiredValues } from './required.ts';
import type { EventRule } from './rule.ts';
import type { FieldTable } from './view.ts';
import { get, type YamlMap } from './yaml-tree.ts';

export interface CompileSettings {
  readonly table: FieldTable;
  readonly placeholders: Readonly<Record<string, readonly string[]>>;
}

export type CompiledDetection = Pick<
  EventRule,
  'source' | 'tree' | 'predicate' | 'literals' | 'actions' | 'readsAttempt'
>;

/** A rule's logsource and detection, with the filters that apply to it. @throws RuleProblem */
export function compileDetection(
  document: RuleDocument,
  filters: readonly RuleDocument[],
  settings: CompileSettings,
): CompiledDetection {
  const { names, line } = readLogsource(document.map);
  const source = resolveLogsource(names);
  if (typeof source === 'string') throw new RuleProblem(line, source);
  const context = contextOf(source, settings);
  const own = treeOf(document.map, 'detection', [], context);
  const added = filters.map((filter) => treeOf(filter.map, 'filter', ['rules'], context));
  const tree: Node = added.length === 0 ? own : { kind: 'and', children: [own, ...added] };
  return {
    source,
    tree,
    predicate: predicateOf(tree),
    literals: requiredLiterals(tree),
    actions: requiredValues(tree, actionField(settings.table, source.family)),
    readsAttempt: context.readsAttempt,
  };
}

function contextOf(source: Source, { table, placeholders }: CompileSettings): LeafContext {
  return {
    table,
    family: source.family,
    sourceWords: source.words,
    placeholders,
    regex: { left: LIMITS.regexWorkOfRule },
    values: LIMITS.values,
    readsAttempt: false,
  };
}

function actionField(table: FieldTable, family: FieldFamily): number {
  const { key, reader } = resolveField('event.action', family)!;
  return table.intern(key, 'event.action', reader);
}

/** The tree of a section that holds search identifiers and a condition. */
export function treeOf(map: YamlMap, section: string, others: readonly string[], context: LeafContext): Node {
  const node = get(map, section);
  if (node?.kind !== 'map') throw new RuleProblem(lineOf(map, section), `${section} is no map`);
  const reserved = new Set(['condition', 'timeframe', ...others]);
  const searches = node.entries.filter((entry) => !reserved.has(entry.key));
  if (searches.length === 0) throw new RuleProblem(node.line, `${section} has nothing to search for`);
  const condition = get(node, 'condition');
  const line = lineOf(node, 'condition');
  if (condition === undefined) throw new RuleProblem(node.line, `${section} has no condition`);
  if (condition.kind === 'map') throw new RuleProblem(line, 'the condition is a map; expected text');
  const texts = condition.kind === 'list' ? condition.items : [condition];
  const names = searches.map((entry) => entry.key);
  const conditions = texts.map((text) => {
    if (text.kind !== 'scalar' || text.value === null)
      throw new RuleProblem(text.line, 'the condition is no text');
    return parseCondition(text.text, names, text.line);
  });
  if (conditions.length === 0) throw new RuleProblem(line, 'the condition is empty');
  // Each search is compiled once, however often the condition names it.
  const trees = new Map(searches.map((entry) => [entry.key, searchOf(entry.value, context)]));
  const nodes = conditions.map((each) => nodeOf(each, trees));
  return nodes.length === 1 ? nodes[0]! : { kind: 'or', children: nodes };
}

function nodeOf(condition: Condition, trees: ReadonlyMap<string, Node>): Node {
  switch (condition.kind) {
    case 'name':
      return trees.get(condition.name)!;
    case 'not':
      return { kind: 'not', child: nodeOf(condition.child, trees) };
    case 'and':
    case 'or':
      return { kind: condition.kind, children: condition.children.map((child) => nodeOf(child, trees)) };
    case 'of': {
      const children = condition.names.map((name) => trees.get(name)!);
      if (children.length === 1) return children[0]!;
      if (condition.count === 'all' || condition.count === children.length) return { kind: 'and', children };
      if (condition.count === 1) return { kind: 'or', children };
      return { kind: 'atLeast', count: condition.count, children };
    }
  }
}
