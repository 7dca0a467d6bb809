import { expect, it } from 'vitest';
import { oneLine, safeText } from './one-line.ts';

const HOSTILE = 'a\u001b]0;owned\u0007\u009b2J\u202eb\rc\td\ne';

it('makes text from outside one line that moves no cursor', () => {
  expect(oneLine(HOSTILE)).toBe('a\\u001b]0;owned\\u0007\\u009b2J\\u202eb c d e');
});

it('keeps the lines of what is printed, and nothing else that acts on a terminal', () => {
  expect(safeText(HOSTILE)).toBe('a\\u001b]0;owned\\u0007\\u009b2J\\u202eb\\u000dc\td\ne');
});
