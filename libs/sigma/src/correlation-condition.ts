import type { Condition } from './condition.ts';
import type { Bound } from './correlation.ts';
import type { Group } from './correlation-state.ts';
import type { CorrelationRule } from './rule.ts';

/** Whether a group as it stands fulfils its correlation's condition. */
export function holds<T>({ spec, members, expression }: CorrelationRule, group: Group<T>): boolean {
  switch (spec.type) {
    case 'event_count':
      return within(group.times.length, spec.bounds);
    case 'value_count':
      return within(group.values.length, spec.bounds);
    case 'value_sum':
      return group.numbers.length > 0 && within(sum(group.numbers), spec.bounds);
    case 'value_avg':
      return group.numbers.length > 0 && within(sum(group.numbers) / group.numbers.length, spec.bounds);
    case 'value_percentile':
      return group.numbers.length > 0 && within(percentile(group.numbers, spec.percentile), spec.bounds);
    case 'temporal': {
      const present = (member: number) => group.seen[member] !== null;
      if (expression) return judge(expression, (name) => present(spec.rules.indexOf(name)));
      const count = group.seen.reduce<number>((n, at) => n + (at === null ? 0 : 1), 0);
      return spec.bounds.length > 0 ? within(count, spec.bounds) : count === members.length;
    }
    case 'temporal_ordered':
      return group.seen[members.length - 1] !== null;
  }
}

function judge(condition: Condition, present: (name: string) => boolean): boolean {
  switch (condition.kind) {
    case 'name':
      return present(condition.name);
    case 'not':
      return !judge(condition.child, present);
    case 'and':
      return condition.children.every((child) => judge(child, present));
    case 'or':
      return condition.children.some((child) => judge(child, present));
    case 'of': {
      const count = condition.names.filter(present).length;
      return count >= (condition.count === 'all' ? condition.names.length : condition.count);
    }
  }
}

function within(number: number, bounds: readonly Bound[]): boolean {
  return bounds.every((bound) => keeps(number, bound));
}

function keeps(number: number, { op, value }: Bound): boolean {
  switch (op) {
    case 'lt':
      return number < value;
    case 'lte':
      return number <= value;
    case 'gt':
      return number > value;
    case 'gte':
      return number >= value;
    case 'eq':
      return number === value;
    case 'neq':
      return number !== value;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Nearest rank. */
function percentile(numbers: readonly number[], rank: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)]!;
}
