import fc from 'fast-check';
import { expect, it } from 'vitest';
import { askable, LiteralFinder } from './aho-corasick.ts';

const text = (max: number) =>
  fc
    .array(fc.constantFrom('a', 'B', 'k', 'K', 'İ', 'i', 'é', '\u212a', ' ', '/'), {
      minLength: 1,
      maxLength: max,
    })
    .map((c) => c.join(''));

it('finds every text that stands in the folded line', () => {
  fc.assert(
    fc.property(fc.array(text(5), { minLength: 1, maxLength: 8 }), text(40), (texts, line) => {
      const asked = new Map<string, number[]>();
      const keys = texts.map((each) => askable(each.toLowerCase()));
      for (const [id, key] of keys.entries()) if (key) asked.set(key, [...(asked.get(key) ?? []), id]);
      const found = new Set<number>();
      new LiteralFinder(asked).scan(line, (id) => found.add(id));
      for (const [id, each] of texts.entries())
        if (keys[id] && line.toLowerCase().includes(each.toLowerCase())) expect(found).toContain(id);
    }),
    { numRuns: 2_000 },
  );
});

it('finds nothing that does not stand there', () => {
  const found: number[] = [];
  const finder = new LiteralFinder(
    new Map([
      ['she', [1]],
      ['he', [2]],
      ['hers', [3]],
    ]),
  );
  finder.scan('USHERS', (id) => found.push(id));
  expect(found.toSorted()).toEqual([1, 2, 3]);
  finder.scan('h e s', () => expect.unreachable());
});
