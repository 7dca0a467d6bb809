import type { LogRecord } from '@suite/event';
import { judgedAtEnd } from './correlation-state.ts';
import { Correlator, type Fired } from './correlator.ts';
import { explain } from './node.ts';
import { processViews } from './process-views.ts';
import type { CorrelationRule, EventRule, MatchField, Rule } from './rule.ts';
import type { Plan, RuleSet } from './rule-set.ts';
import { type Facts, View } from './view.ts';

/** A rule that holds. */
export interface Match<T> {
  readonly rule: Rule;
  readonly timeUs: number;
  /** The record that completed it; null when it was time that did. */
  readonly record: LogRecord | null;
  /** Of a correlation: its group's fields. */
  readonly group: Readonly<Record<string, string>>;
  /** At least one; asked for only when it is kept. */
  evidence(): readonly T[];
  /** Events that it stands for and that earlier matches of the same story did not tell. */
  readonly count: number;
  /** The fields that made it hold, and their values; asked for only when it is told. */
  why(): readonly { readonly name: string; readonly value: string }[];
}

export interface Observed {
  readonly record: LogRecord;
  /** What others found out about the record. */
  readonly facts: Facts | null;
  /** Only rules with `even_if_allowed` see it. */
  readonly allowed: boolean;
}

const AHEAD_US = 86_400_000_000;
const MOST_WEIGHT = 10_000;
/** What `#tried` can count to. */
const MOST_ROUNDS = 0xffff_ffff;
const WHY = 2;

/**
 * Runs a rule set over records in their order. What single records decide needs no memory; what correlations remember
 * is bounded (see Correlator). `T` is what the caller keeps of a record as evidence, JSON-serialisable.
 */
export class RuleMatcher<T> {
  readonly ruleSet: RuleSet;
  readonly #keep: (record: LogRecord) => T;
  readonly #view: View;
  readonly #correlators = new Map<number, Correlator<T>>();
  /** Those that have something to judge when time passes. */
  readonly #timed: readonly Correlator<T>[];
  /** Round in which a rule became a candidate, by index: each is tried once a view. */
  readonly #tried: Uint32Array;
  readonly #candidates: number[] = [];
  #round = 0;
  #member: Uint8Array = new Uint8Array(0);
  readonly #found = (index: number): void => {
    if (this.#member[index] === 0 || this.#tried[index] === this.#round) return;
    this.#tried[index] = this.#round;
    this.#candidates.push(index);
  };

  constructor(ruleSet: RuleSet, keep: (record: LogRecord) => T) {
    this.ruleSet = ruleSet;
    this.#keep = keep;
    this.#view = new View(ruleSet.table);
    this.#tried = new Uint32Array(ruleSet.rules.length);
    for (const rule of ruleSet.correlations) this.#correlators.set(rule.index, new Correlator<T>(rule));
    this.#timed = [...this.#correlators.values()].filter(({ rule }) => judgedAtEnd(rule));
  }

  observe(seen: Observed, report: (match: Match<T>) => void): void {
    const { record, facts } = seen;
    // One line dated far ahead must not end everybody's windows.
    this.tick(Math.min(record.timeUs, record.observedUs + AHEAD_US), report);
    const plans = this.ruleSet.plansFor(record.event);
    if (plans.record) {
      this.#view.look(record, null, facts);
      this.#try(plans.record, seen, null, report);
    }
    if (plans.processes && record.event) {
      const matched = new Set<number>();
      for (const process of processViews(record.event)) {
        this.#view.look(record, process, facts);
        this.#try(plans.processes, seen, matched, report);
      }
    }
  }

  /** Time passed: windows that are over are judged. */
  tick(nowUs: number, report: (match: Match<T>) => void): void {
    for (const correlator of this.#timed) {
      if (nowUs < correlator.nextEndUs) continue;
      correlator.due(nowUs, (fired) => this.#told(correlator.rule, fired, null, report));
    }
  }

  /** JSON-serialisable; each correlation's state belongs to what its rule says, and is dropped with it. */
  snapshot(): unknown {
    return this.ruleSet.correlations.map((rule) => [
      rule.fingerprint,
      this.#correlators.get(rule.index)!.snapshot(),
    ]);
  }

  restore(state: unknown): void {
    const kept = new Map(Array.isArray(state) ? (state as [string, unknown][]) : []);
    for (const correlator of this.#correlators.values())
      correlator.restore(kept.get(correlator.rule.fingerprint));
  }

  /** Tries the rules of a plan on what the view looks at. A rule in `matched` has matched the record already. */
  #try(plan: Plan, seen: Observed, matched: Set<number> | null, report: (match: Match<T>) => void): void {
    this.#round += 1;
    if (this.#round > MOST_ROUNDS) {
      this.#tried.fill(0);
      this.#round = 1;
    }
    this.#member = plan.member;
    const candidates = this.#candidates;
    candidates.length = 0;
    for (const rule of plan.always) candidates.push(rule.index);
    for (const field of plan.fields) {
      const text = this.#view.text(field);
      if (text !== undefined) this.ruleSet.finder(field).scan(text, this.#found);
    }
    if (candidates.length === 0) return;
    // In the order of the set, whatever the line's.
    if (candidates.length > 1) candidates.sort((a, b) => a - b);
    for (const index of candidates) {
      const rule = this.ruleSet.rules[index] as EventRule;
      if (matched?.has(index)) continue;
      if (!rule.source.accepts(seen.record) || !rule.predicate(this.#view)) continue;
      matched?.add(index);
      this.#matched(rule, seen, report);
    }
  }

  #matched(rule: EventRule, seen: Observed, report: (match: Match<T>) => void): void {
    const { record, facts, allowed } = seen;
    const counted = rule.readsAttempt ? facts?.['attempt.count'] : record.event?.['event.count'];
    const weight = typeof counted === 'number' ? Math.min(Math.max(1, counted), MOST_WEIGHT) : 1;
    if (rule.speaks && (!allowed || rule.evenIfAllowed)) {
      const view = this.#view;
      report({
        rule,
        timeUs: record.timeUs,
        record,
        group: {},
        evidence: () => [this.#keep(record)],
        count: weight,
        why: () =>
          explain(rule.tree, view, WHY).map(({ name, field }) => ({ name, value: view.text(field) ?? '' })),
      });
    }
    for (const index of rule.feeds) this.#feed(index, rule, {}, seen, weight, report);
  }

  #feed(
    index: number,
    member: Rule,
    memberGroup: Readonly<Record<string, string>>,
    seen: Observed,
    weight: number,
    report: (match: Match<T>) => void,
  ): void {
    const { rule } = this.#correlators.get(index)!;
    if (seen.allowed && !rule.evenIfAllowed) return;
    const read = ({ name, field }: MatchField) =>
      field === null ? memberGroup[name] : this.#view.text(field);
    const at = rule.members.indexOf(member.index);
    const key: string[] = [];
    for (const field of rule.groupFields[at]!) {
      const value = read(field);
      // Without the field there is no group that it belongs to.
      if (value === undefined || value === '') return;
      key.push(value);
    }
    const valueField = rule.valueFields[at]!;
    const fired = this.#correlators.get(index)!.take(key, {
      member: at,
      id: seen.record.id,
      timeUs: seen.record.timeUs,
      observedUs: seen.record.observedUs,
      weight,
      value: valueField === null ? undefined : read(valueField),
      evidence: () => this.#keep(seen.record),
    });
    if (fired) this.#told(rule, fired, seen, report);
  }

  #told(
    rule: CorrelationRule,
    fired: Fired<T>,
    seen: Observed | null,
    report: (match: Match<T>) => void,
  ): void {
    const group = Object.fromEntries(rule.spec.groupBy.map((name, i) => [name, fired.key[i]!]));
    if (rule.speaks) {
      report({
        rule,
        timeUs: fired.timeUs,
        record: seen?.record ?? null,
        group,
        evidence: fired.evidence,
        count: fired.count,
        why: () => Object.entries(group).map(([name, value]) => ({ name, value })),
      });
    }
    // What stands above counts stories, not lines: only the beginning of one goes up.
    if (fired.edge && seen) for (const index of rule.feeds) this.#feed(index, rule, group, seen, 1, report);
  }
}
