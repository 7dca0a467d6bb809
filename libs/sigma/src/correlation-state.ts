import { holds } from './correlation-condition.ts';
import type { CorrelationRule } from './rule.ts';

/**
 * What a correlation remembers of one group. Plain data: it is snapshotted as JSON.
 *
 * `T` is what the caller keeps of a record as evidence.
 */
export interface Group<T> {
  /** Times of events that still count, oldest first; for sums and averages their values beside them. */
  times: number[];
  numbers: number[];
  /** Distinct values and when each was seen last, oldest first. */
  values: [string, number][];
  /** Per member: when it matched last (temporal), or when the chain up to it began (temporal_ordered). */
  seen: (number | null)[];
  /** Of temporal_ordered: the record that came last, and `seen` before it. */
  last: string;
  before: (number | null)[];
  /** Newest evidence with its time, oldest first, of what was not told yet. */
  evidence: [number, T][];
  /** When the window began, where the condition is judged at its end. */
  opened: number;
  lastUs: number;
  /** Events in a row that were dated before the window. */
  strays: number;
}

export interface Arrival<T> {
  /** Place of the rule among the correlation's. */
  readonly member: number;
  /** Of the record; one record may come as several members. */
  readonly id: string;
  readonly timeUs: number;
  /** When the line was read. */
  readonly observedUs: number;
  readonly weight: number;
  readonly value: string | undefined;
  evidence(): T;
}

/** What an arrival made of a group: nothing, or the condition holds; `edge` when it did not hold before. */
export interface Outcome<T> {
  readonly edge: boolean;
  /** Events in the window. */
  readonly count: number;
  evidence(): readonly T[];
}

const EVIDENCE = 20;

export function freshGroup<T>(members: number): Group<T> {
  return {
    times: [],
    numbers: [],
    values: [],
    seen: Array(members).fill(null),
    last: '',
    before: [],
    evidence: [],
    opened: 0,
    lastUs: 0,
    strays: 0,
  };
}

/** Whether the condition can be judged only when the window is over: it has an upper end. */
export function judgedAtEnd({ spec }: CorrelationRule): boolean {
  return spec.bounds.some(({ op }) => op !== 'gt' && op !== 'gte') && !spec.type.startsWith('temporal');
}

/** Units of memory that a group takes. */
export function weightOf<T>(group: Group<T>): number {
  return 4 + group.times.length + group.numbers.length + group.values.length * 2 + group.evidence.length * 8;
}

/** Adds an event to its group and judges. */
export function arrive<T>(rule: CorrelationRule, group: Group<T>, arrival: Arrival<T>): Outcome<T> | null {
  const { spec } = rule;
  const { timeUs } = arrival;
  const nowUs = Math.max(group.lastUs, timeUs);
  forget(rule, group, nowUs - spec.spanUs);
  const before = holds(rule, group);
  add(rule, group, arrival);
  group.lastUs = nowUs;
  // While it holds, each event is told by itself: nothing is kept of a flood.
  if (before) group.evidence = [];
  else group.evidence.push([timeUs, arrival.evidence()]);
  if (group.evidence.length > EVIDENCE) group.evidence.shift();
  if (!holds(rule, group)) return null;
  // A chain is told by its last link.
  if (spec.type === 'temporal_ordered' && arrival.member !== rule.members.length - 1) return null;
  const count = Math.max(group.times.length, group.evidence.length);
  if (before) return { edge: false, count: arrival.weight, evidence: () => [arrival.evidence()] };
  const kept = group.evidence;
  return { edge: true, count, evidence: () => kept.map(([, line]) => line) };
}

/** Judges a window that is over, and empties it. */
export function close<T>(rule: CorrelationRule, group: Group<T>): Outcome<T> | null {
  const held = holds(rule, group);
  const kept = group.evidence;
  const outcome = { edge: true, count: group.times.length, evidence: () => kept.map(([, line]) => line) };
  group.times = [];
  group.numbers = [];
  group.values = [];
  group.evidence = [];
  return held ? outcome : null;
}

function forget<T>(rule: CorrelationRule, group: Group<T>, beforeUs: number): void {
  if (judgedAtEnd(rule)) return;
  let old = 0;
  while (old < group.times.length && group.times[old]! < beforeUs) old++;
  if (old > 0) {
    group.times.splice(0, old);
    group.numbers.splice(0, old);
  }
  if (group.values.some(([, at]) => at < beforeUs))
    group.values = group.values.filter(([, at]) => at >= beforeUs);
  for (const [member, at] of group.seen.entries())
    if (at !== null && at < beforeUs) group.seen[member] = null;
  old = 0;
  while (old < group.evidence.length && group.evidence[old]![0] < beforeUs) old++;
  if (old > 0) group.evidence.splice(0, old);
}

function add<T>(
  rule: CorrelationRule,
  group: Group<T>,
  { member, id, timeUs, weight, value }: Arrival<T>,
): void {
  const { spec } = rule;
  const most = mostKept(rule);
  switch (spec.type) {
    case 'event_count': {
      const late = group.times.length > 0 && group.times.at(-1)! > timeUs;
      for (let i = 0; i < Math.min(weight, most); i++) group.times.push(timeUs);
      if (late) group.times.sort((a, b) => a - b);
      if (group.times.length > most) group.times.splice(0, group.times.length - most);
      return;
    }
    case 'value_count': {
      if (value === undefined) return;
      const at = group.values.findIndex(([known]) => known === value);
      if (at >= 0) group.values.splice(at, 1);
      group.values.push([value, timeUs]);
      if (group.values.length > most) group.values.shift();
      return;
    }
    case 'value_sum':
    case 'value_avg':
    case 'value_percentile': {
      const number = value === undefined || value === '' ? Number.NaN : Number(value);
      if (!Number.isFinite(number)) return;
      group.times.push(timeUs);
      group.numbers.push(number);
      if (group.times.length > most) {
        group.times.shift();
        group.numbers.shift();
      }
      return;
    }
    case 'temporal':
      group.seen[member] = Math.max(group.seen[member] ?? 0, timeUs);
      return;
    case 'temporal_ordered': {
      // Two links of a chain are two records.
      if (group.last !== id) {
        group.before = [...group.seen];
        group.last = id;
      }
      if (member === 0) group.seen[0] = timeUs;
      else if (group.before[member - 1] !== null) group.seen[member] = group.before[member - 1]!;
      return;
    }
  }
}

/** Times or values that can still change the answer. */
function mostKept({ spec }: CorrelationRule): number {
  if (spec.type !== 'event_count' && spec.type !== 'value_count') return 10_000;
  return Math.max(...spec.bounds.map(({ value }) => Math.ceil(value))) + 1;
}
