import type { RuleDocument } from './documents.ts';
import { type CompileSettings, compileDetection } from './event-rule.ts';
import { lineOf, readLogsource, textsOf } from './metadata.ts';
import { didYouMean, RuleProblem } from './problem.ts';
import { get } from './yaml-tree.ts';

/** Sigma's filters: documents that narrow other rules, by id or name, or all rules of their log source (`any`). */
export class Filters {
  readonly #filters: readonly { readonly document: RuleDocument; readonly targets: readonly string[] }[];

  constructor(documents: readonly RuleDocument[]) {
    this.#filters = documents.map((document) => ({ document, targets: targetsOf(document) }));
  }

  /** The filters that apply to a rule. */
  of(rule: RuleDocument): readonly RuleDocument[] {
    const { id, name } = rule.metadata;
    return this.#filters
      .filter(
        ({ document, targets }) =>
          targets.some((target) => target === 'any' || target === id || target === name) &&
          sameSource(document, rule),
      )
      .map(({ document }) => document);
  }
}

/** Whether a filter holds by itself, so that it cannot break the rules that it is for. @throws RuleProblem */
export function checkFilter(
  filter: RuleDocument,
  known: ReadonlySet<string>,
  settings: CompileSettings,
): void {
  const targets = targetsOf(filter);
  if (targets.length === 0) throw new RuleProblem(lineOf(filter.map, 'filter'), 'the filter names no rules');
  for (const target of targets)
    if (target !== 'any' && !known.has(target))
      throw new RuleProblem(
        lineOf(filter.map, 'filter'),
        `the filter names "${target}", and no rule has that name or id${didYouMean(target, known)}`,
      );
  const detection = get(filter.map, 'filter')!;
  if (detection.kind !== 'map') throw new RuleProblem(detection.line, 'filter is no map');
  const entries = detection.entries.filter(({ key }) => key !== 'rules');
  const map = {
    ...filter.map,
    entries: [
      ...filter.map.entries,
      { key: 'detection', line: detection.line, value: { ...detection, entries } },
    ],
  };
  compileDetection({ ...filter, map }, [], settings);
}

function targetsOf({ map }: RuleDocument): readonly string[] {
  const filter = get(map, 'filter');
  return filter?.kind === 'map' ? textsOf(filter, 'rules') : [];
}

/** The rule's log source is the filter's, or a part of it. */
function sameSource(filter: RuleDocument, rule: RuleDocument): boolean {
  const wide = readLogsource(filter.map).names;
  const narrow = readLogsource(rule.map).names;
  return (['product', 'category', 'service'] as const).every(
    (key) => wide[key] === undefined || wide[key] === narrow[key],
  );
}
