import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilePattern, MANY, ONE, parsePattern } from './pattern.ts';

const wild = fc
  .array(fc.constantFrom('a', 'b', '*', '?', '\\'), { maxLength: 12 })
  .map((chars) => chars.join(''));
const plain = fc
  .array(fc.constantFrom('a', 'b', '*', '?', '\\', 'A'), { maxLength: 14 })
  .map((chars) => chars.join(''));

it('matches what a regular expression of the same meaning does', () => {
  fc.assert(
    fc.property(wild, plain, (pattern, text) => {
      const pieces = parsePattern(pattern);
      const source = pieces
        .map((p) => (p === MANY ? '[^]*' : p === ONE ? '[^]' : p.replace(/[\\*?]/g, '\\$&')))
        .join('');
      expect(compilePattern(pieces, true).test(text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
    { numRuns: 2_000 },
  );
});

it('tells a text that stands in everything it matches', () => {
  fc.assert(
    fc.property(wild, plain, (pattern, text) => {
      const { test, literal } = compilePattern(parsePattern(pattern), false);
      if (test(text.toLowerCase())) expect(text.toLowerCase()).toContain(literal);
    }),
    { numRuns: 2_000 },
  );
});

it('takes linear time on what makes others backtrack', () => {
  const { test } = compilePattern(parsePattern(`${'*a'.repeat(50)}*b`), false);
  const began = performance.now();
  expect(test('a'.repeat(60_000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(500);
});
