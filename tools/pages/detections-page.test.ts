import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleAbout } from '@suite/detection';
import { describe, expect, it } from 'vitest';
import { allAbout, DETECTIONS_PAGE, detectionsPage } from './detections-page.ts';

const root = join(import.meta.dirname, '../..');

const ABOUT: RuleAbout = {
  rule: 'a-rule',
  title: 'A *title* with | and `a | b`',
  levels: ['low', 'high'],
  techniques: ['T1110.001'],
  source: 'sshd',
  why: 'Because\nof it.',
  falsePositives: ['a <person>'],
  next: 'Look.',
  examples: { match: [{ name: 'five', log: '1\n2\n3 ```\n4\n5\n6' }], ignore: [{ name: 'one', log: '1' }] },
};

describe('docs/detections.md', () => {
  it('is what the rules say: npm run generate renews it', async () => {
    expect(readFileSync(join(root, DETECTIONS_PAGE), 'utf8')).toBe(detectionsPage(await allAbout(root)));
  });

  it('shows markup in a rule as written', () => {
    const page = detectionsPage([ABOUT]);
    expect(page).toContain('| [a-rule](#a-rule) | A \\*title\\* with \\| and `a \\| b` | low, high | sshd |');
    expect(page).toContain('a \\<person\\>');
    expect(page).toContain('[T1110.001](https://attack.mitre.org/techniques/T1110/001/)');
    expect(page).toContain('````text\n1\n2\n3 ```\n4\n(and 2 more)\n````');
  });
});
