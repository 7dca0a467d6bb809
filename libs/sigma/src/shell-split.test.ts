import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitShell } from './shell-split.ts';

const texts = (line: string) => splitShell(line).map(({ text }) => text);

describe('splitShell', () => {
  it('splits at separators, not inside quotes', () => {
    expect(texts('a 1; b | c && d || e & f')).toEqual(['a 1', 'b', 'c', 'd', 'e', 'f']);
    expect(texts(`echo 'a; b' "c | d" e\\;f`)).toEqual(['echo a; b c | d e;f']);
    expect(texts('a\nb')).toEqual(['a', 'b']);
  });

  it('looks into substitutions', () => {
    expect(texts('echo $(curl x)')).toEqual(['echo $(curl x)', 'curl x']);
    expect(texts('echo "now `date -u`"')).toContain('date -u');
    expect(texts('diff <(ls a) <(ls b)')).toEqual(expect.arrayContaining(['ls a', 'ls b']));
    expect(texts('echo $((1+2))')).toEqual(['echo $((1+2))']);
  });

  it('leaves out assignments, reserved words and comments', () => {
    expect(splitShell('A=1 B=2 run x # y')).toEqual([{ words: ['run', 'x'], text: 'run x' }]);
    expect(texts('if true; then rm x; fi')).toEqual(['true', 'rm x']);
    expect(texts('A=1')).toEqual([]);
  });

  it('keeps redirections in the text, not among the words', () => {
    expect(splitShell('cat x > /etc/y 2>&1')).toEqual([
      { words: ['cat', 'x'], text: 'cat x > /etc/y 2>& 1' },
    ]);
  });

  it('never throws and stays within its bounds', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      ';',
      '|',
      '"',
      "'",
      '`',
      '$(',
      ')',
      '(',
      '\\',
      '>',
      '<',
      '&',
      '#',
      '\n',
      '=',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(splitShell(pieces.join('')).length).toBeLessThanOrEqual(64);
      }),
    );
    for (const bomb of ['$('.repeat(9_000), '`'.repeat(9_000), '"$('.repeat(6_000), ';a'.repeat(9_000)]) {
      const began = performance.now();
      expect(splitShell(bomb).length).toBeLessThanOrEqual(64);
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  });
});
