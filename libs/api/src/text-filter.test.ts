import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextFilter } from './text-filter.ts';

const LINE = 'Nov 20 06:25:43 pi1 sshd[123]: Failed password for root from 203.0.113.7 port 22 ssh2';

describe('the live search', () => {
  it.each([
    ['failed root', true],
    ['FAILED', true],
    ['fail', false],
    ['fail*', true],
    ['"password for root"', true],
    ['"root for"', false],
    ['203.0.113.7', true],
    ['203.0.113.70', false],
    ['203.0*', true],
    ['sshd[123]', true],
    ['failed -- ...', true],
    ['failed nobody', false],
    ['"password for', true],
    ['"from 203"*', true],
  ])('%s: %s', (text, expected) => {
    expect(createTextFilter(text)?.(LINE)).toBe(expected);
  });

  it('has no opinion when the text has no word', () => {
    expect(createTextFilter(' .*" ')).toBeNull();
  });

  it('finds every run of words of a line, and never throws', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        (words, n) => {
          const from = n % words.length;
          return createTextFilter(`"${words.slice(from, from + 3).join(' ')}"`)?.(words.join(' ')) === true;
        },
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, line) => {
        const filter = createTextFilter(text);
        return filter === null || typeof filter(line) === 'boolean';
      }),
    );
  });
});
