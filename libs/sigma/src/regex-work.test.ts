import fc from 'fast-check';
import { expect, it } from 'vitest';
import { regexWork } from './regex-work.ts';

it.each([
  ['abc', 3],
  ['a*b+c?', 3],
  ['[a-z]{32}', 32],
  ['[a-f0-9]{32}|[a-f0-9]{40}|[a-f0-9]{64}', 136],
  ['(a{10}){10}', 100],
  ['((a{100}){100}){100}', 1_000_000],
  ['(ab|cd){2,5}x', 21],
  ['a{3,}', 3],
  ['[]a]{4}[^]b]{2}', 6],
  [String.raw`\p{Greek}{3}\x{10FFFF}\{9`, 6],
  ['a{', 2],
  ['))((', 2],
])('%s has %i', (source, work) => {
  expect(regexWork(source)).toBe(work);
});

it('never throws', () => {
  const piece = fc.constantFrom('a', '(', ')', '[', ']', '{', '}', '9', ',', '\\', '|', '*', '^', 'p');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expect(regexWork(pieces.join(''))).toBeGreaterThanOrEqual(0);
    }),
  );
});
