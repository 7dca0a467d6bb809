import { createHash } from 'node:crypto';
import { type CorrelationSpec, readCorrelation } from './correlation.ts';
import { type ResolvedCorrelation, resolveCorrelation } from './correlation-rule.ts';
import { type RuleDocument, type RuleFile, type RuleResult, readDocuments, resultOf } from './documents.ts';
import { type CompiledDetection, type CompileSettings, compileDetection } from './event-rule.ts';
import { checkFilter, Filters } from './filters.ts';
import { RuleProblem } from './problem.ts';
import type { Rule } from './rule.ts';
import { RuleNames } from './rule-names.ts';
import { RuleSet } from './rule-set.ts';
import { FieldTable } from './view.ts';

export interface LoadOptions {
  /** What `%name%` stands for in values with the modifier `expand`. */
  readonly placeholders?: Readonly<Record<string, readonly string[]>>;
  /** Rules, by the name of their detections, that are left out. */
  readonly disable?: readonly string[];
}

export interface LoadedRules {
  readonly ruleSet: RuleSet;
  /** One per document, in the order of the files; each problem names its line. */
  readonly results: readonly RuleResult[];
}

/**
 * Loads rules, correlations and filters from the text of rule files. Never throws: what does not load has a result with
 * a reason, and the rest works. Names and ids are referred to across files.
 */
export function loadRules(files: readonly RuleFile[], options: LoadOptions = {}): LoadedRules {
  const { documents, refused } = readDocuments(files);
  const loader = new Loader(documents, options);
  const results = [...refused, ...loader.run()];
  const order = new Map(files.map((file, index) => [file.path, index]));
  results.sort((a, b) => order.get(a.file)! - order.get(b.file)! || a.line - b.line);
  return { ruleSet: new RuleSet(loader.rules, loader.settings.table), results };
}

type OwnPart =
  | ({ readonly kind: 'rule' } & CompiledDetection)
  | ({ readonly kind: 'correlation' } & ResolvedCorrelation);

class Loader {
  readonly rules: Rule[] = [];
  readonly settings: CompileSettings;
  readonly #documents: readonly RuleDocument[];
  readonly #disabled: ReadonlySet<string>;
  readonly #names = new RuleNames();
  readonly #byReference = new Map<string, Rule>();
  readonly #results: RuleResult[] = [];

  constructor(documents: readonly RuleDocument[], { placeholders = {}, disable = [] }: LoadOptions) {
    this.#documents = documents;
    this.#disabled = new Set(disable);
    this.settings = { table: new FieldTable(), placeholders };
  }

  run(): readonly RuleResult[] {
    const unique = this.#documents.filter((document) =>
      this.#try(document, () => this.#names.claim(document), false),
    );
    const filters = this.#filters(unique);
    for (const document of unique) if (document.kind === 'rule') this.#event(document, filters);
    this.#correlations(unique.filter(({ kind }) => kind === 'correlation'));
    return this.#results;
  }

  #filters(documents: readonly RuleDocument[]): Filters {
    const known = new Set(
      documents.flatMap(({ metadata: { id, name } }) => [id, name].filter((text) => text !== null)),
    );
    const good = documents.filter(
      (document) =>
        document.kind === 'filter' &&
        this.#try(document, () => checkFilter(document, known, this.settings), true),
    );
    return new Filters(good);
  }

  #event(document: RuleDocument, filters: Filters): void {
    this.#try(document, () => {
      const narrowing = filters.of(document);
      const compiled = compileDetection(document, narrowing, this.settings);
      this.#add(document, { kind: 'rule', ...compiled }, fingerprint([document, ...narrowing], []));
    });
  }

  /** Correlations may name each other: each is resolved once those that it names are. */
  #correlations(documents: readonly RuleDocument[]): void {
    const specs = new Map<RuleDocument, CorrelationSpec>();
    for (const document of documents)
      this.#try(document, () => void specs.set(document, readCorrelation(document.map)), false);
    const pending = new Map<string, RuleDocument>();
    for (const document of specs.keys())
      for (const reference of [document.metadata.id, document.metadata.name])
        if (reference !== null) pending.set(reference, document);
    const under = new Set<RuleDocument>();
    const done = new Set<RuleDocument>();
    const resolve = (document: RuleDocument): void => {
      if (done.has(document) || under.size > 64) return;
      under.add(document);
      const spec = specs.get(document)!;
      const circle = spec.rules
        .map((reference) => pending.get(reference))
        .find((other) => other && under.has(other));
      if (!circle)
        for (const reference of spec.rules) {
          const other = pending.get(reference);
          if (other) resolve(other);
        }
      under.delete(document);
      if (done.has(document)) return;
      done.add(document);
      this.#try(document, () => {
        if (circle)
          throw new RuleProblem(spec.rulesLine, 'correlates itself, through the rules that it names');
        const find = (reference: string) => this.#byReference.get(reference);
        const resolved = resolveCorrelation(spec, find, this.rules, this.settings.table);
        const members = resolved.members.map((index) => this.rules[index]!);
        const index = this.#add(
          document,
          { kind: 'correlation', ...resolved },
          fingerprint([document], members),
        );
        for (const member of members) if (!member.feeds.includes(index)) member.feeds.push(index);
      });
    };
    for (const document of specs.keys()) resolve(document);
    this.#silence(specs.values());
  }

  /** A rule that a correlation is made of speaks through it alone, unless that says `generate`. */
  #silence(specs: Iterable<CorrelationSpec>): void {
    const spoken = new Set<Rule>();
    const silent = new Set<Rule>();
    for (const spec of specs)
      for (const reference of spec.rules) {
        const rule = this.#byReference.get(reference);
        if (rule) (spec.generate ? spoken : silent).add(rule);
      }
    for (const rule of silent) if (!spoken.has(rule)) rule.speaks = false;
    for (const rule of this.rules) if (this.#disabled.has(rule.rule)) rule.speaks = false;
  }

  #add(document: RuleDocument, own: OwnPart, print: string): number {
    const index = this.rules.length;
    const rule: Rule = {
      ...document.metadata,
      ...own,
      index,
      rule: this.#names.of(document),
      file: document.file,
      line: document.line,
      fingerprint: print,
      speaks: true,
      feeds: [],
    };
    this.rules.push(rule);
    for (const reference of [document.metadata.id, document.metadata.name])
      if (reference !== null) this.#byReference.set(reference, rule);
    return index;
  }

  /** Runs one step for a document; its problem, or its success where it is `last`, becomes a result. */
  #try(document: RuleDocument, step: () => void, last = true): boolean {
    try {
      step();
      if (last) this.#results.push(resultOf(document, null));
      return true;
    } catch (error) {
      const problem =
        error instanceof RuleProblem
          ? error
          : new RuleProblem(document.line, 'is too large or too deep to compile');
      this.#results.push(resultOf(document, problem));
      return false;
    }
  }
}

/** Of the documents without their positions, and of the rules below them. */
function fingerprint(documents: readonly RuleDocument[], members: readonly Rule[]): string {
  const hash = createHash('sha256');
  for (const { map } of documents)
    hash.update(JSON.stringify(map, (key, value) => (key === 'line' ? undefined : value)));
  for (const { fingerprint: inner } of members) hash.update(inner);
  return hash.digest('hex').slice(0, 16);
}
