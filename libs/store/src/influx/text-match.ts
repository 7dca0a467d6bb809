import type { TextTerm } from '../text-query.ts';

const SEPARATOR = '[^\\pL\\pN\\p{Co}]';

/**
 * The term as an RE2 pattern (InfluxDB's) that matches the raw line where FTS5 would. Words are letters and
 * digits only, so nothing in them needs escaping.
 */
export function termPattern(term: TextTerm): string {
  const end = term.prefix ? '' : `(${SEPARATOR}|$)`;
  return `(?i)(^|${SEPARATOR})${term.words.join(`${SEPARATOR}+`)}${end}`;
}
