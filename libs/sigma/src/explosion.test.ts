import { describe, expect, it } from 'vitest';
import { matcher, matches, record, rule } from '../test/run.ts';
import { loadRules } from './index.ts';

/** Generous for a loaded machine; an explosion takes minutes or all memory. */
const MOST_MS = 5_000;

function refused(text: string): string {
  const began = performance.now();
  const { results } = loadRules([{ path: 'bomb.yml', text }]);
  expect(performance.now() - began).toBeLessThan(MOST_MS);
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({ ok: false });
  return results[0]!.reason;
}

const many = (count: number, of: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => of(i)).join(',');
const aliases = ['a: &a [x,x,x,x,x,x,x,x,x,x]']
  .concat([...'bcdefghij'].map((c, i) => `${c}: &${c} [${`*${'abcdefghij'[i]},`.repeat(10)}]`))
  .join('\n');

describe('rule files that explode are refused, at once, with a reason', () => {
  it.each([
    ['an alias bomb', `${aliases}\ntitle: x\n`, 'more than 50000 values'],
    ['an alias of itself', 'a: &a [*a]\n', 'nested deeper'],
    ['deep brackets', '['.repeat(200_000), 'open brackets'],
    ['deep lists', '- '.repeat(300_000), 'nested too deep'],
    [
      'deep indentation',
      Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'nested too deep',
    ],
    [
      '10 MB of regular expression',
      rule(`  s: {'|re': '${'a'.repeat(10_000_000)}'}\n  condition: s`),
      'larger than',
    ],
    [
      'a long regular expression',
      rule(`  s: {'|re': '${'a'.repeat(5_000)}'}\n  condition: s`),
      'more than 2048',
    ],
    [
      'counted repetitions',
      rule(`  s: {'|re': '${'(a|b){500}'.repeat(150)}'}\n  condition: s`),
      'repeats too much',
    ],
    ['nested repetitions', rule(`  s: {'|re': '((a{100}){100}){100}'}\n  condition: s`), 're'],
    [
      'many expressions',
      rule(`  s: {'|re': [${many(3_000, (i) => `'(x${i}|y)*.{0,900}'`)}]}\n  condition: s`),
      'repeat too much',
    ],
    [
      'deep groups',
      rule(`  s: {'|re': '${'('.repeat(1_010)}a${')'.repeat(1_010)}'}\n  condition: s`),
      'nest',
    ],
    [
      'a condition of 100,000 ways',
      rule(`  s: [x]\n  condition: ${'s or '.repeat(100_000)}s`),
      'longer than',
    ],
    [
      'deep parentheses',
      rule(`  s: [x]\n  condition: ${'('.repeat(900)}s${')'.repeat(900)}`),
      'nested deeper',
    ],
    ['too many values', rule(`  s: [${many(40_000, (i) => `v${i}`)}]\n  condition: s`), 'values'],
    [
      'multiplied values',
      rule(`  s: {'x.y|base64offset': [${many(9_000, (i) => `v${i}`)}]}\n  condition: s`),
      '20000 values',
    ],
    ['many dashes', rule(`  s: {'x.y|windash': '${'-a '.repeat(100)}'}\n  condition: s`), 'windash'],
    ['many wildcards', rule(`  s: {'x.y': '${'*a'.repeat(900)}'}\n  condition: s`), 'wildcards'],
    ['many documents', '---\na: 1\n'.repeat(2_000), 'more than 1000 documents'],
  ])('%s', (_name, text, reason) => {
    expect(refused(text)).toContain(reason);
  });
});

describe('expressions that make others backtrack take linear time', () => {
  it.each([
    '(a+)+$',
    '(a|a)*$',
    '(a*)*b',
    '(x+x+)+y',
    '(.*a){20}$',
    '^(a?){50}a{50}$',
    '(([a-z])+.)+[A-Z]([a-z])+$',
  ])('%s', (source) => {
    const run = matcher(rule(`  s:\n    x.f|re: '${source}'\n  condition: s`));
    const text = `${'a'.repeat(60_000)}!`;
    const began = performance.now();
    matches(run, [record({ 'x.f': text }), record({ 'x.f': 'x'.repeat(60_000) })]);
    expect(performance.now() - began).toBeLessThan(MOST_MS);
  });
});
