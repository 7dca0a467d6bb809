import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstNewLine, REMEMBERED_LINES } from './overlap.ts';

const lines = (text: string) => [...text];
const unique = fc.uniqueArray(fc.integer({ min: 0, max: 9_999 }).map(String), {
  minLength: 1,
  maxLength: 200,
});

test.each([
  ['a longer file', 'abcdef', 'abcdefgh', 6],
  ['lines dropped at the front', 'abcdef', 'defgh', 3],
  ['the same, nothing new', 'abcdef', 'cdef', 4],
  ['lines dropped in the middle', 'abcdef', 'abcdfg', 5],
  ['another session overwrote the last lines', 'abcdef', 'abcdxy', 4],
  ['it repeats an old command after the overwritten ones', 'abcdef', 'abcdxf', 4],
  ['nothing in common', 'abcdef', 'uvwxyz', null],
  ['one line in common by chance', 'abcdef', 'uvwcyz', null],
  ['nothing known yet', '', 'ab', 0],
  ['nothing there', 'abc', '', null],
])('finds the new after %s', (_, known, now, expected) => {
  expect(firstNewLine(lines(known), lines(now))).toBe(expected);
});

test('ships exactly what was appended when any number of lines was dropped at the front', () => {
  fc.assert(
    fc.property(unique, fc.nat(200), fc.nat(200), (history, split, dropped) => {
      const shipped = history.slice(0, Math.max(1, split % (history.length + 1)));
      const drop = Math.min(dropped, Math.max(0, shipped.length - 3));
      const now = history.slice(drop);
      expect(firstNewLine(shipped.slice(-REMEMBERED_LINES), now)).toBe(shipped.length - drop);
    }),
  );
});
