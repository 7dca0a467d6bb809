import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visiblePieces, visibleText } from './visible.ts';

it.each([
  ['plain text', 'plain text'],
  ['a\u001b[31mb\u001b[0m', 'aESC[31mbESC[0m'],
  ['\u001b]0;title\u0007x', 'ESC]0;titleBELx'],
  ['a\0b\r\n', 'aNULbCRLF'],
  ['\u202etxt.exe', '<U+202E>txt.exe'],
  ['pass\u200bword', 'pass<U+200B>word'],
  ['\u{e0041}', '<U+E0041>'],
  ['tab\tstays', 'tab\tstays'],
  ['grüße, 東京, שלום', 'grüße, 東京, שלום'],
])('shows %j as %j', (text, expected) => {
  expect(visibleText(text)).toBe(expected);
});

it('lets no character through that acts, and keeps every one that does not', () => {
  const acting = /[\0-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
  const nasty = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1 }),
      fc.constantFrom('\u001b[', '\u001b]', 'm', '\u202e', ';', '1'),
    ),
  });
  fc.assert(
    fc.property(nasty, (text) => {
      expect(visibleText(text)).not.toMatch(acting);
      const plain = visiblePieces(text)
        .filter((piece) => piece.control === undefined)
        .map((piece) => piece.text)
        .join('');
      expect([...plain].every((character) => text.includes(character))).toBe(true);
    }),
  );
});

it('takes linear time for a line of nothing but escapes', () => {
  expect(visibleText('\u001b]'.repeat(100_000)).length).toBeGreaterThan(0);
});
