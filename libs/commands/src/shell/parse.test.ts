import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Node, Script, Word } from './ast.ts';
import { parseShell } from './parse.ts';

/** A script as nested lists: words as their text, substitutions in brackets. */
function shown(script: Script): unknown[] {
  return script.pipelines.map(({ stages, end }) => [...stages.map(node), end].filter((one) => one !== ''));
}

function node(one: Node): unknown {
  if (one.kind !== 'simple') return { [one.kind]: one.bodies.map(shown) };
  return [
    ...one.assignments.map(({ name, value }) => `${name}=${word(value)}`),
    ...one.words.map(word),
    ...one.redirections.map(({ operator, fd, target }) => `${fd ?? ''}${operator}${word(target)}`),
  ].join(' ');
}

function word({ parts }: Word): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'variable':
          return `<${part.name}${part.modifier}>`;
        case 'arithmetic':
          return `((${part.text}))`;
        default:
          return JSON.stringify(shown(part.script));
      }
    })
    .join('');
}

const parsed = (text: string) => shown(parseShell(text));

describe('parseShell', () => {
  it.each([
    ['a b | c && d || e; f & g', [['a b', 'c', '&&'], ['d', '||'], ['e', ';'], ['f', '&'], ['g']]],
    [`echo 'a b' "c $d" e\\ f`, [['echo a b c <d> e f']]],
    [`$'\\x63url' x`, [['curl x']]],
    ['a 2>&1 >>b <c &>d', [['a 2>&1 >>b <c &>d']]],
    ['a <<< "b c"', [['a <<<b c']]],
    ['x=1 y+=2 z', [['x=1 y=2 z']]],
    ['echo ${a:-b} ${c//d/e} ${#f} $1 $?', [['echo <a:-b> <c//d/e> <#> <1> <?>']]],
    ['echo $((1 + (2 * 3)))', [['echo ((1 + (2 * 3)))']]],
    ['a # comment\nb', [['a', ';'], ['b']]],
    [
      '{ a; b; }',
      [
        [
          {
            group: [
              [
                ['a', ';'],
                ['b', ';'],
              ],
            ],
          },
        ],
      ],
    ],
    ['{curl,-s,x}', [['{curl,-s,x}']]],
    ['(a; b) | c', [[{ subshell: [[['a', ';'], ['b']]] }, 'c']]],
    [
      'if a; then b; elif c; then d; else e; fi',
      [[{ if: [[['a', ';']], [['b', ';']], [['c', ';']], [['d', ';']], [['e', ';']]] }]],
    ],
    ['while a; do b; done | c', [[{ while: [[['a', ';']], [['b', ';']]] }, 'c']]],
    ['for i in 1 2; do a $i; done', [[{ for: [[['a <i>', ';']]] }]]],
    ['case $x in a|b) c;; *) d; esac', [[{ case: [[['c', ';']], [['d', ';']]] }]]],
    ['f() { a; }; f', [[{ function: [[[{ group: [[['a', ';']]] }]]] }, ';'], ['f']]],
    ['function g { a; }', [[{ function: [[['a', ';']]] }]]],
    ['[[ $a == b* && -f c ]] && d', [['[[ <a> == b* -f c ]]', '&&'], ['d']]],
    ['! a | b', [['a', 'b']]],
  ])('reads %s', (text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });

  it('reads substitutions in substitutions', () => {
    expect(parsed('a "$(b `c`)" <(d)')).toEqual([['a [["b [[\\"c\\"]]"]] <'.replace(' <', ' [["d"]]')]]);
  });

  it('reads here-documents, quoted and not', () => {
    expect(parsed("cat <<A <<'B'; x\n1 $v\nA\n2 $v\nB\ny")).toEqual([
      ['cat <<1 <v>\n <<2 $v\n', ';'],
      ['x', ';'],
      ['y'],
    ]);
  });

  it('takes what is no shell as the words that it falls into', () => {
    expect(parsed('find . -name “*.txt”')).toEqual([['find . -name “*.txt”']]);
    expect(parsed("echo don't")).toEqual([['echo dont']]);
    expect(parsed(') fi done ;; a')).toEqual([['a']]);
    expect(parsed('a $( b')).toEqual([['a [["b"]]']]);
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        ' ',
        '$',
        '(',
        ')',
        '{',
        '}',
        '"',
        "'",
        '`',
        '\\',
        '|',
        '&',
        ';',
        '<',
        '>',
        '\n',
        '<<E\n',
        '$((',
        '${',
      ],
      ...[
        'if ',
        'then ',
        'fi',
        'for x in ',
        'do ',
        'done',
        'case x in ',
        'esac',
        ';;',
        '[[ ',
        ' ]]',
        '#',
        '=',
        '!',
        'x() ',
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          parseShell(text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is bounded however deep and long the text is', () => {
    const hostile = [
      '$(',
      '$((',
      '${',
      '`',
      '(',
      '{ ',
      'if ',
      '"$(',
      'a|',
      '<<a ',
      'case a in ',
      'x() ',
      '<(',
      '! ',
      "$'",
      '\\',
      '[[ ',
    ];
    for (const piece of hostile) {
      const start = performance.now();
      parseShell(piece.repeat(60_000 / piece.length));
      expect(performance.now() - start, piece).toBeLessThan(2000);
    }
  });
});
