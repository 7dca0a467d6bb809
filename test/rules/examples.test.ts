import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, DEFAULT_SETTINGS } from '@suite/detection';
import { describe, expect, it } from 'vitest';
import { runExample } from './run-example.ts';

const ROOT = join(import.meta.dirname, '../..');
const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'];
const about = createEngine(DEFAULT_SETTINGS).about;

describe('what the detectors say of themselves', () => {
  it('names each rule once, in kebab case', () => {
    const names = about.map(({ rule }) => rule);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(names.filter((name) => !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  it.each(about.map((a) => [a.rule, a] as const))('%s is complete', (_, a) => {
    expect(a.levels.length).toBeGreaterThan(0);
    expect([...a.levels].sort((x, y) => LEVELS.indexOf(x) - LEVELS.indexOf(y))).toEqual(a.levels);
    expect(a.techniques.filter((t) => !/^T\d{4}(?:\.\d{3})?$/.test(t))).toEqual([]);
    for (const text of [a.title, a.source, a.why, a.next]) expect(text.length).toBeGreaterThan(3);
    if ('testedIn' in a.examples) expect(existsSync(join(ROOT, a.examples.testedIn))).toBe(true);
    else expect(Math.min(a.examples.match.length, a.examples.ignore.length)).toBeGreaterThan(0);
  });
});

for (const a of about) {
  if ('testedIn' in a.examples) continue;
  const { match, ignore } = a.examples;
  describe(a.rule, () => {
    it.each(match.map((e) => [e.name, e] as const))('speaks of: %s', async (_, example) => {
      const own = (await runExample(example)).filter((d) => d.rule === a.rule);
      expect(own.map((d) => d.rule)).toContain(a.rule);
      for (const detection of own) {
        expect(a.levels).toContain(detection.level);
        expect(a.techniques).toEqual(expect.arrayContaining([...detection.techniques]));
      }
    });

    it.each(ignore.map((e) => [e.name, e] as const))('is silent about: %s', async (_, example) => {
      expect((await runExample(example)).filter((d) => d.rule === a.rule)).toEqual([]);
    });
  });
}
