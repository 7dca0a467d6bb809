import type { z } from 'zod';
import { type Draft, placeOf } from './draft.ts';
import { formatKeyPath, type KeyPath } from './key-path.ts';
import { nearest } from './nearest.ts';
import type { ConfigProblem } from './problem.ts';
import { type AnySchema, holdsSecret, schemaAt, shapeOf, unwrap } from './schema-walk.ts';
import { FILE_SUFFIX } from './secret.ts';
import { choicesOf, expectedText } from './type-text.ts';

const MAX_FOUND_LENGTH = 60;
const EXPECTED = 'expected ';

/** zod's issues as problems that name place, key, what was found and what was expected. */
export function problemsOf(
  draft: Draft,
  root: AnySchema,
  issues: readonly z.core.$ZodIssue[],
): readonly ConfigProblem[] {
  return issues.flatMap((issue): ConfigProblem[] => {
    const path = issue.path as KeyPath;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey(draft, root, path, key));
    }
    const keyPath = formatKeyPath(path);
    if (draft.unread.has(keyPath)) return [];
    const schema = schemaAt(root, path);
    const found = valueAt(draft.value, path);
    const source = placeOf(draft, path);
    const subject = keyPath || 'the file';
    if (found === undefined && issue.code !== 'custom') {
      const expected = schema ? `, expected ${expectedText(schema)}` : '';
      return [{ source, keyPath, message: `${subject} is missing${expected}` }];
    }
    // By agreement the message of a type's own failure begins like this; a condition over several keys is a sentence.
    const own = issue.message.startsWith(EXPECTED) ? issue.message.slice(EXPECTED.length) : null;
    if (!schema || (issue.code === 'custom' && own === null)) {
      return [{ source, keyPath, message: `${subject}: ${issue.message}` }];
    }
    const close = typeof found === 'string' ? nearest(found, choicesOf(schema) ?? []) : null;
    const expected = own ?? expectedText(schema) + lengthText(issue, schema);
    const message = `${subject}: found ${foundText(found, schema)}, expected ${expected}`;
    return [{ source, keyPath, message, ...(close ? { suggestion: close } : {}) }];
  });
}

function unknownKey(draft: Draft, root: AnySchema, path: KeyPath, key: string): ConfigProblem {
  const schema = schemaAt(root, path);
  const suggestion = schema ? nearest(key, keysOf(schema)) : null;
  const parent = formatKeyPath(path);
  return {
    source: placeOf(draft, [...path, key], 'key'),
    keyPath: formatKeyPath([...path, key]),
    message: `unknown key ${JSON.stringify(key)}${parent ? ` under "${parent}"` : ''}`,
    ...(suggestion ? { suggestion } : {}),
  };
}

function keysOf(schema: AnySchema): readonly string[] {
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([key, child]) =>
    unwrap(child).annotation?.secret ? [key, key + FILE_SUFFIX] : [key],
  );
}

/** The bound that a text or a list broke; the types with an annotation name theirs already. */
function lengthText(issue: z.core.$ZodIssue, schema: AnySchema): string {
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return '';
  if ((issue.origin !== 'string' && issue.origin !== 'array') || unwrap(schema).annotation?.expected)
    return '';
  const noun = issue.origin === 'string' ? 'characters' : 'entries';
  return issue.code === 'too_small'
    ? ` of at least ${issue.minimum} ${noun}`
    : ` of at most ${issue.maximum} ${noun}`;
}

/** What somebody wrote, bounded and on one line; of a secret only that it is one. */
function foundText(value: unknown, schema: AnySchema): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return 'a mapping';
  if (holdsSecret(schema)) return `a ${typeof value} (not shown)`;
  // A URL may carry a user and a password where none is expected.
  const text =
    typeof value === 'string' ? JSON.stringify(value).replace(/\/\/[^/\s]*@/g, '//***@') : String(value);
  return text.length > MAX_FOUND_LENGTH ? `${text.slice(0, MAX_FOUND_LENGTH)}…` : text;
}

function valueAt(root: unknown, path: KeyPath): unknown {
  let value = root;
  for (const part of path) value = (value as Record<string | number, unknown> | null | undefined)?.[part];
  return value;
}
