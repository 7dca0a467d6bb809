/**
 * What a user typed into the search box, taken apart. A word is a maximal run of letters and digits; anything
 * else separates words, so `1.2.3.4`, `/etc/passwd` and `pam_unix` are phrases of neighbouring words, found whole
 * or by a part (`passwd`). Both adapters search by this definition, ignoring case.
 */
export interface TextTerm {
  /** Words that must follow each other, separated by anything that is neither letter nor digit. */
  readonly words: readonly string[];
  /** The last word may go on. */
  readonly prefix: boolean;
}

export const MAX_QUERY_CHARS = 1_024;
export const MAX_QUERY_TERMS = 16;
/** How much of a raw line can be searched, in UTF-16 units. */
export const MAX_SEARCHED_CHARS = 65_536;

/** A word of a line or of a query. */
export const WORD = /[\p{L}\p{N}\p{Co}]+/gu;
const TERM = /"([^"]*)"?(\*?)|([^\s"]+)/g;

/** Never throws; text without a single word gives no terms, which is no condition. */
export function parseTextQuery(text: string): readonly TextTerm[] {
  const terms: TextTerm[] = [];
  for (const match of text.slice(0, MAX_QUERY_CHARS).toWellFormed().matchAll(TERM)) {
    const source = match[1] ?? match[3] ?? '';
    const words = source.match(WORD);
    if (words === null) continue;
    const prefix = match[2] === '*' || (match[3]?.endsWith('*') ?? false);
    terms.push({ words, prefix });
    if (terms.length === MAX_QUERY_TERMS) break;
  }
  return terms;
}
