import { placeArrival } from './arrival-time.ts';
import {
  type Arrival,
  arrive,
  close,
  freshGroup,
  type Group,
  judgedAtEnd,
  type Outcome,
  weightOf,
} from './correlation-state.ts';
import type { CorrelationRule } from './rule.ts';

const VALUE_CHARS = 256;

/** Groups that one correlation remembers. */
const GROUPS = 20_000;
/** Units of memory of one correlation: a time is 1, a distinct value 2, a line of evidence 8. */
const UNITS = 40_000;

export type Fired<T> = Outcome<T> & { readonly key: readonly string[]; readonly timeUs: number };

/**
 * The groups of one correlation. It remembers 20,000 groups and 40,000 units (a time 1, a distinct value 2, a line of
 * evidence 8): the group that was quiet longest is forgotten first.
 */
export class Correlator<T> {
  readonly rule: CorrelationRule;
  readonly #groups = new Map<string, Group<T>>();
  readonly #atEnd: boolean;
  #units = 0;
  /** No window ends before. */
  #nextEndUs = Number.POSITIVE_INFINITY;

  constructor(rule: CorrelationRule) {
    this.rule = rule;
    this.#atEnd = judgedAtEnd(rule);
  }

  get nextEndUs(): number {
    return this.#nextEndUs;
  }

  take(key: readonly string[], arrival: Arrival<T>): Fired<T> | null {
    const { spec, members } = this.rule;
    const name = nameOf(key);
    let group = this.#groups.get(name);
    let timeUs = arrival.timeUs;
    if (group) {
      const placed = placeArrival(group, timeUs, arrival.observedUs, spec.spanUs);
      if (placed === null) return null;
      this.#units -= weightOf(group);
      this.#groups.delete(name);
      if (placed === 'anew') group = undefined;
      else timeUs = placed;
    }
    group ??= freshGroup<T>(members.length);
    this.#groups.set(name, group);
    if (this.#atEnd && group.times.length + group.values.length === 0) {
      group.opened = timeUs;
      this.#nextEndUs = Math.min(this.#nextEndUs, timeUs + spec.spanUs);
    }
    const value = arrival.value === undefined ? undefined : own(arrival.value);
    const outcome = arrive(this.rule, group, { ...arrival, timeUs, value });
    this.#units += weightOf(group);
    this.#shrink();
    return outcome && !this.#atEnd ? { ...outcome, key, timeUs } : null;
  }

  /** Closes the windows that are over. */
  due(nowUs: number, report: (fired: Fired<T>) => void): void {
    if (nowUs < this.#nextEndUs) return;
    let next = Number.POSITIVE_INFINITY;
    for (const [name, group] of this.#groups) {
      const end = group.opened + this.rule.spec.spanUs;
      if (end > nowUs) {
        next = Math.min(next, end);
        continue;
      }
      this.#groups.delete(name);
      this.#units -= weightOf(group);
      const outcome = close(this.rule, group);
      if (outcome) report({ ...outcome, key: keyOf(name, this.rule), timeUs: end });
    }
    this.#nextEndUs = next;
  }

  snapshot(): unknown {
    return [...this.#groups];
  }

  restore(state: unknown): void {
    this.#groups.clear();
    this.#units = 0;
    this.#nextEndUs = Number.POSITIVE_INFINITY;
    if (!Array.isArray(state)) return;
    for (const [name, group] of state as [string, Group<T>][]) {
      this.#groups.set(name, group);
      this.#units += weightOf(group);
      if (this.#atEnd) this.#nextEndUs = Math.min(this.#nextEndUs, group.opened + this.rule.spec.spanUs);
    }
  }

  #shrink(): void {
    if (this.#groups.size <= GROUPS && this.#units <= UNITS) return;
    for (const [name, group] of this.#groups) {
      if (this.#groups.size <= GROUPS && this.#units <= UNITS) return;
      if (this.#groups.size === 1) return;
      this.#groups.delete(name);
      this.#units -= weightOf(group);
    }
  }
}

/** One field's value names its group; several do as JSON, which no value can imitate. */
function nameOf(key: readonly string[]): string {
  return key.length === 1 ? own(key[0]!) : JSON.stringify(key);
}

function keyOf(name: string, { spec }: CorrelationRule): readonly string[] {
  return spec.groupBy.length === 1 ? [name] : (JSON.parse(name) as string[]);
}

/** Bounded, and in memory of its own: a part of a line holds the line. */
function own(value: string): string {
  return Buffer.from(value.slice(0, VALUE_CHARS), 'utf8').toString('utf8');
}
