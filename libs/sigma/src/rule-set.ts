import { askable, LiteralFinder } from './aho-corasick.ts';
import type { CorrelationRule, EventRule, Rule } from './rule.ts';
import type { FieldTable } from './view.ts';

/** The rules to try on a view of records of one action. */
export interface Plan {
  /** 1 for each rule that applies, by index. */
  readonly member: Uint8Array;
  /** Fields to search for literals. */
  readonly fields: readonly number[];
  /** Rules that nothing filters. */
  readonly always: readonly EventRule[];
}

export interface Plans {
  /** On the record as a whole; null where no rule does. */
  readonly record: Plan | null;
  /** On each of its processes. */
  readonly processes: Plan | null;
}

/** Plans kept; `event.action` has a few dozen values, and what a stranger sends must not grow this. */
const MOST_PLANS = 1_000;

/** Compiled rules, and the index that finds the few that a record could match. Immutable. */
export class RuleSet {
  readonly rules: readonly Rule[];
  readonly table: FieldTable;
  readonly #events: readonly EventRule[];
  readonly #finders = new Map<number, LiteralFinder>();
  readonly #filtered = new Set<EventRule>();
  readonly #plans = new Map<string, Plans>();

  constructor(rules: readonly Rule[], table: FieldTable) {
    this.rules = rules;
    this.table = table;
    // A rule that neither speaks nor is heard by a correlation need not be tried.
    this.#events = rules
      .filter((rule) => rule.kind === 'rule')
      .filter((rule) => rule.speaks || rule.feeds.length > 0);
    this.#index();
  }

  get correlations(): readonly CorrelationRule[] {
    return this.rules.filter((rule) => rule.kind === 'correlation');
  }

  finder(field: number): LiteralFinder {
    return this.#finders.get(field)!;
  }

  plansFor(action: string): Plans {
    const known = this.#plans.get(action);
    if (known) return known;
    if (this.#plans.size >= MOST_PLANS) this.#plans.clear();
    const rules = this.#events.filter(
      ({ source, actions }) =>
        (source.actions === 'all' || source.actions.includes(action)) &&
        (actions === null || actions.includes(action.toLowerCase())),
    );
    const plans: Plans = {
      record: this.#plan(rules.filter(({ source }) => !source.processes)),
      processes: this.#plan(rules.filter(({ source }) => source.processes)),
    };
    this.#plans.set(action, plans);
    return plans;
  }

  #plan(rules: readonly EventRule[]): Plan | null {
    if (rules.length === 0) return null;
    const member = new Uint8Array(this.rules.length);
    const fields = new Set<number>();
    for (const rule of rules) {
      member[rule.index] = 1;
      if (this.#filtered.has(rule)) for (const { field } of rule.literals!) fields.add(field);
    }
    return { member, fields: [...fields], always: rules.filter((rule) => !this.#filtered.has(rule)) };
  }

  #index(): void {
    const texts = new Map<number, Map<string, Set<number>>>();
    for (const rule of this.#events) {
      const asked = rule.literals?.map(({ field, text }) => ({ field, text: askable(text) }));
      // What the action says is looked up, not searched for; single characters filter nothing.
      if (
        !asked ||
        asked.some(({ field, text }) => text.length < 2 || this.table.names[field] === 'event.action')
      )
        continue;
      this.#filtered.add(rule);
      for (const { field, text } of asked) {
        const ofField = texts.get(field) ?? new Map<string, Set<number>>();
        texts.set(field, ofField);
        ofField.set(text, (ofField.get(text) ?? new Set<number>()).add(rule.index));
      }
    }
    for (const [field, ofField] of texts)
      this.#finders.set(
        field,
        new LiteralFinder(new Map([...ofField].map(([text, ids]) => [text, [...ids]]))),
      );
  }
}
