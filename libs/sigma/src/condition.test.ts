import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, parseCondition } from './condition.ts';
import { RuleProblem } from './problem.ts';

const NAMES = ['a', 'b', 'sel_1', 'sel_2', 'sel_3', '_hidden'];

/** Whether the condition holds when exactly these names do. */
function judge(text: string, held: readonly string[]): boolean {
  const walk = (condition: Condition): boolean => {
    switch (condition.kind) {
      case 'name':
        return held.includes(condition.name);
      case 'not':
        return !walk(condition.child);
      case 'and':
        return condition.children.every(walk);
      case 'or':
        return condition.children.some(walk);
      case 'of': {
        const count = condition.names.filter((name) => held.includes(name)).length;
        return count >= (condition.count === 'all' ? condition.names.length : condition.count);
      }
    }
  };
  return walk(parseCondition(text, NAMES, 1));
}

describe('condition', () => {
  it('binds not before and before or', () => {
    expect(judge('a or b and sel_1', ['a'])).toBe(true);
    expect(judge('(a or b) and sel_1', ['a'])).toBe(false);
    expect(judge('not a and b', ['b'])).toBe(true);
    expect(judge('not (a and b)', ['a'])).toBe(true);
    expect(judge('not not a', ['a'])).toBe(true);
    expect(judge('a AND NOT b', ['a'])).toBe(true);
  });

  it('counts what is like a pattern', () => {
    expect(judge('1 of sel_*', ['sel_2'])).toBe(true);
    expect(judge('all of sel_*', ['sel_1', 'sel_2'])).toBe(false);
    expect(judge('all of sel_*', ['sel_1', 'sel_2', 'sel_3'])).toBe(true);
    expect(judge('2 of sel_*', ['sel_1'])).toBe(false);
    expect(judge('2 of sel_*', ['sel_1', 'sel_3'])).toBe(true);
    expect(judge('any of *_2', ['sel_2'])).toBe(true);
    expect(judge('a and not 1 of sel_*', ['a'])).toBe(true);
  });

  it('means by "them" all names but those that begin with _', () => {
    expect(judge('1 of them', ['_hidden'])).toBe(false);
    expect(judge('all of them', ['a', 'b', 'sel_1', 'sel_2', 'sel_3'])).toBe(true);
  });

  it.each([
    ['', 'ends where a name belongs'],
    ['a and', 'ends where a name belongs'],
    ['a b', 'does not go on with "b"'],
    ['(a', 'closing parenthesis'],
    ['a)', 'does not go on with ")"'],
    ['c', 'names "c", which is not defined'],
    ['sel_4', 'did you mean "sel_1"'],
    ['and a', 'has "and" where a name belongs'],
    ['1 of x*', 'nothing defined is like'],
    ['0 of sel_*', 'expected a number from 1'],
    ['4 of sel_*', 'there are 3'],
    ['some of sel_*', 'expected a number'],
    ['a | count() > 5', 'write a correlation'],
    ['1 of', 'lacks a name'],
    ['('.repeat(100), 'nested deeper'],
    ['a or '.repeat(5_000), 'longer than'],
    ['a or '.repeat(1_100), 'more than 2000 words'],
  ])('refuses %j', (text, reason) => {
    expect(() => parseCondition(text, NAMES, 7)).toThrow(reason);
  });

  it('never throws anything but a problem with the line', () => {
    const word = fc.constantFrom(
      'a',
      'b',
      'and',
      'or',
      'not',
      '(',
      ')',
      '1',
      'of',
      'all',
      'sel_*',
      'them',
      '|',
      '*',
      'é',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        try {
          parseCondition(words.join(' '), NAMES, 3);
        } catch (error) {
          expect(error).toBeInstanceOf(RuleProblem);
          expect((error as RuleProblem).line).toBe(3);
        }
      }),
    );
  });
});
