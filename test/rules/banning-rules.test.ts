import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BANNING_RULES } from '../../apps/nadir/src/config-decisions.ts';
import { allAbout } from '../../tools/pages/detections-page.ts';

it('rules that ban are rules that there are, and none of them is about a login', async () => {
  const rules = new Set((await allAbout(join(import.meta.dirname, '../..'))).map(({ rule }) => rule));
  expect(BANNING_RULES.filter((rule) => !rules.has(rule))).toEqual([]);
  expect(BANNING_RULES.filter((rule) => /success|login-(?:new|unusual)|root-login/.test(rule))).toEqual([]);
});
