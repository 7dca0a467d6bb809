import type { Event } from '@suite/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadRules, RuleMatcher } from '../src/index.ts';
import { matches, record } from './run.ts';

// The compiled set, with its filters and plans, against the plainest reading of the same rules.

const FIELDS = ['x.a', 'x.b', 'event.action'] as const;
const text = fc
  .array(fc.constantFrom('a', 'b', 'C', 'é', '-'), { minLength: 1, maxLength: 4 })
  .map((c) => c.join(''));
const position = fc.constantFrom('', 'contains', 'startswith', 'endswith');
const item = fc.record({
  field: fc.constantFrom(...FIELDS),
  position,
  all: fc.boolean(),
  cased: fc.boolean(),
  values: fc.array(text, { minLength: 1, maxLength: 3 }),
});
const keywords = fc.record({ keywords: fc.array(text, { minLength: 1, maxLength: 3 }) });
const search = fc.oneof(fc.array(item, { minLength: 1, maxLength: 2 }), keywords);
const condition = fc.constantFrom(
  's0 and s1',
  's0 or s1',
  's0 and not s1',
  'not s0',
  '1 of s*',
  'all of them',
  '2 of s*',
  's2 and (s0 or not s1)',
);
const oneRule = fc.record({ searches: fc.array(search, { minLength: 3, maxLength: 3 }), condition });
const event = fc.record({ 'x.a': text, 'x.b': text, 'event.action': text }, { requiredKeys: [] });

type Item = { field: string; position: string; all: boolean; cased: boolean; values: string[] };
type Search = Item[] | { keywords: string[] };

function yamlOf({ searches, condition: when }: { searches: Search[]; condition: string }): string {
  const detection: Record<string, unknown> = { condition: when };
  for (const [i, each] of searches.entries()) {
    if (!Array.isArray(each)) detection[`s${i}`] = each.keywords;
    else detection[`s${i}`] = each.map((one) => ({ [keyOf(one)]: one.values }));
  }
  return JSON.stringify({ title: 't', logsource: { product: 'linux' }, detection });
}

const keyOf = ({ field, position: at, all, cased }: Item) =>
  [field, at, all ? 'all' : '', cased ? 'cased' : ''].filter(Boolean).join('|');

function naive(rule: { searches: Search[]; condition: string }, fields: Event, raw: string): boolean {
  const [s0, s1, s2] = rule.searches.map((each) =>
    Array.isArray(each)
      ? each.some((one) => naiveItem(one, fields[one.field] as string | undefined))
      : each.keywords.some((word) => raw.toLowerCase().includes(word.toLowerCase())),
  ) as [boolean, boolean, boolean];
  const held = [s0, s1, s2].filter(Boolean).length;
  switch (rule.condition) {
    case 's0 and s1':
      return s0 && s1;
    case 's0 or s1':
      return s0 || s1;
    case 's0 and not s1':
      return s0 && !s1;
    case 'not s0':
      return !s0;
    case '1 of s*':
      return held >= 1;
    case 'all of them':
      return held === 3;
    case '2 of s*':
      return held >= 2;
    default:
      return s2 && (s0 || !s1);
  }
}

function naiveItem({ position: at, all, cased, values }: Item, value: string | undefined): boolean {
  if (value === undefined) return false;
  const fold = (each: string) => (cased ? each : each.toLowerCase());
  const one = (wanted: string) => {
    const [have, want] = [fold(value), fold(wanted)];
    if (at === 'contains') return have.includes(want);
    if (at === 'startswith') return have.startsWith(want);
    return at === 'endswith' ? have.endsWith(want) : have === want;
  };
  return all ? values.every(one) : values.some(one);
}

it('matches exactly what a naive evaluation does', () => {
  fc.assert(
    fc.property(
      fc.array(oneRule, { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(event, text), { minLength: 1, maxLength: 6 }),
      (rules, seen) => {
        const { ruleSet, results } = loadRules(
          rules.map((rule, i) => ({ path: `r${i}.yml`, text: yamlOf(rule) })),
        );
        expect(results.filter(({ ok }) => !ok)).toEqual([]);
        const run = new RuleMatcher(ruleSet, ({ id }) => id);
        for (const [fields, raw] of seen) {
          const found = matches(run, [record(fields, raw)]).map(({ rule }) => rule.index);
          const wanted = rules.flatMap((rule, i) => (naive(rule, fields, raw) ? [i] : []));
          expect(found).toEqual(wanted);
        }
      },
    ),
    { numRuns: 500 },
  );
});
