import type { Match } from '@suite/sigma';
import { plural, quoteName } from '../wording.ts';

/** Why a rule spoke, in plain words: what it is for, what it saw, what to do. */
export function reasonOf({ rule, why }: Match<unknown>, total: number): string {
  const seen = [...new Set(why().map(({ name, value }) => `${name} is "${quoteName(value)}"`))];
  const parts = [sentence(rule.description || rule.title)];
  if (seen.length > 0) parts.push(sentence(`Seen: ${seen.join(', ')}`));
  if (total > 1) parts.push(sentence(`${plural(total, 'line')} so far`));
  if (rule.falsePositives.length > 0 && !/^(unknown|none)\b/i.test(rule.falsePositives[0]!))
    parts.push(sentence(`Harmless when: ${rule.falsePositives[0]}`));
  parts.push(
    sentence(
      `Next: ${rule.response || 'look at the lines, and at what the same account or address did around them'}`,
    ),
  );
  return parts.join(' ');
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
