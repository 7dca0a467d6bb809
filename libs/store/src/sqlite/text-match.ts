import type { TextTerm } from '../text-query.ts';

/** The terms as an FTS5 expression over the column `raw`. Words hold letters and digits only: nothing to escape. */
export function matchExpression(terms: readonly TextTerm[]): string | null {
  if (terms.length === 0) return null;
  const parts = terms.map((term) => `"${term.words.join(' ')}"${term.prefix ? ' *' : ''}`);
  return `{raw} : (${parts.join(' AND ')})`;
}
