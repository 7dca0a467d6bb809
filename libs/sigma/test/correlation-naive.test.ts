import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matcher, matches, record, rule, SECOND, START } from './run.ts';

// Sliding windows in bounded state against a look at all that ever came.

const SPAN = 60;
const KEYWORDS = ['alpha', 'beta', 'gamma'];
const arrival = fc.record({
  gap: fc.integer({ min: 0, max: 40 }),
  member: fc.integer({ min: 0, max: 2 }),
  value: fc.constantFrom('x', 'y', 'z'),
  group: fc.constantFrom('g', 'h'),
});
const arrivals = fc.array(arrival, { maxLength: 40 });

interface Arrived {
  readonly at: number;
  readonly member: number;
  readonly value: string;
  readonly group: string;
}

type Judge = (seen: readonly Arrived[]) => boolean;

function windowed(judge: Judge): (all: readonly Arrived[]) => number[] {
  return (all) =>
    all.flatMap((now, i) => {
      const seen = all.slice(0, i + 1).filter(({ at, group }) => group === now.group && at >= now.at - SPAN);
      return judge(seen) ? [i] : [];
    });
}

/** The longest beginning of the chain that the arrivals make, told by its last link. */
function inOrder(seen: readonly Arrived[]): boolean {
  let next = 0;
  for (const { member } of seen) if (member === next) next += 1;
  return next === 3 && seen.at(-1)!.member === 2;
}

const CASES: readonly (readonly [string, string, Judge])[] = [
  ['event_count', 'condition: {gte: 3}', (seen) => seen.length >= 3],
  [
    'value_count',
    'condition: {field: x.value, gt: 2}',
    (seen) => new Set(seen.map(({ value }) => value)).size > 2,
  ],
  ['temporal', '', (seen) => new Set(seen.map(({ member }) => member)).size === 3],
  ['temporal_ordered', '', inOrder],
];

it.each(CASES)(
  '%s holds when all that came in the window says so, also over a restart',
  (type, condition, judge) => {
    const files = [
      ...KEYWORDS.map((word) => rule(`  k: [${word}]\n  condition: k`, `title: ${word}\nname: ${word}`)),
      `title: c\nname: c\ncorrelation:\n  type: ${type}\n  rules: [${KEYWORDS}]\n  group-by: [x.group]\n  timespan: ${SPAN}s\n  ${condition}\n`,
    ];
    fc.assert(
      fc.property(arrivals, fc.nat(40), (gaps, restartAt) => {
        let at = 0;
        const all = gaps.map(({ gap, ...rest }): Arrived => {
          at += gap;
          return { ...rest, at };
        });
        let run = matcher(...files);
        const found = all.flatMap(({ at: time, member, value, group }, i) => {
          if (i === restartAt) {
            const state: unknown = JSON.parse(JSON.stringify(run.snapshot()));
            run = matcher(...files);
            run.restore(state);
          }
          const event = { 'x.value': value, 'x.group': group };
          const line = { ...record(event, KEYWORDS[member], START + time * SECOND), id: `${i}` };
          return matches(run, [line]).map(() => i);
        });
        expect(found).toEqual(windowed(judge)(all));
      }),
      { numRuns: 100 },
    );
  },
);
