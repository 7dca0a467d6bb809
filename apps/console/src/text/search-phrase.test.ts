import { expect, it } from 'vitest';
import { searchPhrase } from './search-phrase.ts';

it('makes one bounded phrase of a value, which cannot end it', () => {
  expect(searchPhrase('2001:db8::1')).toBe('"2001:db8::1"');
  expect(searchPhrase('a" b')).toBe('"a  b"');
  expect(searchPhrase('x'.repeat(10_000))).toHaveLength(502);
});
