import type { Event } from '@suite/event';
import { askable, LiteralFinder } from './aho-corasick.ts';
import { isAudit } from './logsources.ts';
import { programOf } from './programs.ts';
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

/** Actions with plans; there are a few dozen, and what a stranger sends must not grow this. */
const MOST_ACTIONS = 500;

/** Compiled rules, and the index that finds the few that a record could match. Immutable. */
export class RuleSet {
  readonly rules: readonly Rule[];
  readonly table: FieldTable;
  readonly #events: readonly EventRule[];
  readonly #finders = new Map<number, LiteralFinder>();
  readonly #filtered = new Set<EventRule>();
  /** Programs that rules tell apart; all others are one. */
  readonly #programs = new Set<string>();
  readonly #plans = {
    log: new Map<string, Map<string, Plans>>(),
    audit: new Map<string, Map<string, Plans>>(),
  };

  constructor(rules: readonly Rule[], table: FieldTable) {
    this.rules = rules;
    this.table = table;
    // A rule that neither speaks nor is heard by a correlation need not be tried.
    this.#events = rules
      .filter((rule) => rule.kind === 'rule')
      .filter((rule) => rule.speaks || rule.feeds.length > 0);
    for (const { source } of this.#events) for (const name of source.programs ?? []) this.#programs.add(name);
    this.#index();
  }

  get correlations(): readonly CorrelationRule[] {
    return this.rules.filter((rule) => rule.kind === 'correlation');
  }

  finder(field: number): LiteralFinder {
    return this.#finders.get(field)!;
  }

  /** The rules that could hold for records like this one: of its action, its program, the audit system or not. */
  plansFor(event: Event | null): Plans {
    const action = event?.['event.action'] ?? '';
    const program = event === null || this.#programs.size === 0 ? '' : programOf(event, this.#programs);
    const audit = isAudit(event);
    const byAction = audit ? this.#plans.audit : this.#plans.log;
    let byProgram = byAction.get(action);
    if (!byProgram) {
      if (byAction.size >= MOST_ACTIONS) byAction.clear();
      byProgram = new Map();
      byAction.set(action, byProgram);
    }
    let plans = byProgram.get(program);
    if (!plans) {
      plans = this.#plansOf(action, program, audit);
      byProgram.set(program, plans);
    }
    return plans;
  }

  #plansOf(action: string, program: string, audit: boolean): Plans {
    const lower = action.toLowerCase();
    const rules = this.#events.filter(
      ({ source, actions }) =>
        (source.actions === 'all' || source.actions.includes(action)) &&
        (actions === null || actions.includes(lower)) &&
        (source.programs === undefined || source.programs.has(program)) &&
        (source.audit === undefined || audit),
    );
    return {
      record: this.#plan(rules.filter(({ source }) => !source.processes)),
      processes: this.#plan(rules.filter(({ source }) => source.processes)),
    };
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
