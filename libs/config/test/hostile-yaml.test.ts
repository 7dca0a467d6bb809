import { ConfigError } from '@suite/config';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load, problemsOf } from './example-config.ts';

describe('files that are odd and fine', () => {
  it.each([
    ['empty', ''],
    ['comments alone', '# nothing\n'],
    ['a byte order mark', '\uFEFFrate: 5\n'],
    ['Windows line ends', 'rate: 5\r\nhttp:\r\n  port: 7070\r\n'],
    ['a document marker', '---\nrate: 5\n...\n'],
    ['anchors and aliases', 'http: {port: &p 7070}\nrate: 5\nlabels: [&l a, *l]\n'],
  ])('%s', async (_name, yaml) => {
    expect((await load({ yaml })).config.rate).toBe(5);
  });

  it('counts columns after a byte order mark as an editor does', async () => {
    expect(await problemsOf({ yaml: '\uFEFFrat: 5\n' })).toContain('dir/ex.yml:1:1: unknown key "rat"');
  });
});

describe('files that are refused, with their place', () => {
  it.each([
    ['a tab for indentation', 'http:\n\tport: 1\n', /^dir\/ex\.yml:2:1: a tab indents this line/],
    [
      'a key twice',
      'rate: 1\nrate: 2\n',
      /^dir\/ex\.yml:2:1: key "rate" stands twice \(first at dir\/ex\.yml:1:1\)/,
    ],
    ['an unclosed quote', 'rate: "5\n', /^dir\/ex\.yml:\d:\d+: not valid YAML: missing closing/],
    ['an unclosed list', 'labels: [a\n', /^dir\/ex\.yml:\d:\d+: not valid YAML/],
    ['two documents', 'rate: 1\n---\nrate: 2\n', /more than one document/],
    ['a list at the top', '- a\n', /no mapping/],
    ['a text at the top', 'hello\n', /no mapping/],
    ['an unknown alias', 'rate: *x\n', /alias/],
    ['a tag', 'rate: !!js/function "x"\n', /not valid YAML|tag/],
    ['a key that reaches for prototypes', '__proto__: {rate: 7}\n', /1:1: unknown key "__proto__"/],
    ['another one', 'constructor: {prototype: {}}\n', /unknown key "constructor"/],
    ['a key that is no text', '? [a]\n: 1\n', /not valid YAML|unknown key/],
    ['a merge key', 'http:\n  <<: {port: 1}\n', /unknown key "<<"/],
  ])('%s', async (_name, yaml, message) => {
    expect(await problemsOf({ yaml })).toMatch(message);
  });

  it('an alias bomb, at once', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`,
    );
    const message = await problemsOf({ yaml: `l0: &l0 [x]\n${levels.join('\n')}\n` });
    expect(message).toMatch(/more than 20000 values once aliases are followed/);
  });

  it('an alias that holds itself', async () => {
    expect(await problemsOf({ yaml: 'labels: &a [*a]\n' })).toMatch(/nested more than 32 levels|alias/);
  });

  it('nesting by the thousand', async () => {
    expect(await problemsOf({ yaml: `labels: ${'['.repeat(20_000)}` })).toMatch(/nested too deeply/);
    expect(await problemsOf({ yaml: `labels: ${'['.repeat(100)}${']'.repeat(100)}\n` })).toMatch(/32 levels/);
  });

  it('bytes that are no UTF-8', async () => {
    expect(await problemsOf({ yaml: Buffer.from([0x72, 0xff, 0xfe]) })).toBe(
      'dir/ex.yml: it is not UTF-8 text',
    );
  });

  it('more than a quarter of a mebibyte', async () => {
    expect(await problemsOf({ yaml: '#'.repeat(262_145) })).toMatch(/larger than 262144 bytes/);
  });
});

it('ends in a configuration or a ConfigError, whatever the file holds', async () => {
  const piece = fc.constantFrom(
    'rate',
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '"',
    "'",
    '#',
    '|',
    '\t',
    '!',
    '?',
    'http',
    '1',
    'token',
    '%',
    '\u0000',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')),
      async (yaml) => {
        const error = await load({ yaml }).then(
          () => null,
          (thrown: unknown) => thrown,
        );
        if (error !== null) expect(error).toBeInstanceOf(ConfigError);
      },
    ),
    { numRuns: 300 },
  );
});
