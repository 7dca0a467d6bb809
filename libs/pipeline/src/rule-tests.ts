import { createEngine, DEFAULT_SETTINGS } from '@suite/detection';
import type { Rule, RuleSet, RuleTest } from '@suite/sigma';
import { replay } from './replay.ts';

/** A test of a rule that did not come out as the rule says. */
export interface FailedRuleTest {
  readonly rule: Rule;
  readonly reason: string;
}

/** Tests of one rule are few: they are examples. */
const MOST_TESTS = 200;

/**
 * Runs the tests that rules bring along, each by itself through parse and detect with the whole set. A test that
 * should match makes at least one detection of its rule; one that should not makes none.
 *
 * @param nearUs integer microseconds; solves years that the tests' lines leave out.
 */
export async function runRuleTests(
  ruleSet: RuleSet,
  nearUs: number,
  signal: AbortSignal,
): Promise<FailedRuleTest[]> {
  const failed: FailedRuleTest[] = [];
  for (const rule of ruleSet.rules) {
    if (!rule.speaks) continue;
    for (const [kind, tests] of [
      ['match', rule.tests.match],
      ['ignore', rule.tests.ignore],
    ] as const) {
      for (const [index, test] of tests.slice(0, MOST_TESTS).entries()) {
        const speaks = await spoke(ruleSet, rule, test, nearUs, signal);
        if (speaks === (kind === 'match')) continue;
        const name = test.name.startsWith('test ') ? `${kind} ${index + 1}` : `"${test.name}" (${kind})`;
        failed.push({
          rule,
          reason: `its test ${name} ${speaks ? 'matches and should not' : 'does not match'}`,
        });
      }
    }
  }
  return failed;
}

async function spoke(
  ruleSet: RuleSet,
  rule: Rule,
  test: RuleTest,
  nearUs: number,
  signal: AbortSignal,
): Promise<boolean> {
  let found = false;
  const log = test.log.endsWith('\n') ? test.log : `${test.log}\n`;
  await replay([{ file: test.path ?? '/var/log/example.log', chunks: [Buffer.from(log)], nearUs }], {
    host: 'example',
    engine: createEngine(DEFAULT_SETTINGS, { rules: ruleSet }),
    ...(test.format === undefined ? {} : { format: test.format }),
    onDetection: (detection) => {
      if (detection.rule === rule.rule) found = true;
    },
    signal,
  });
  return found;
}
