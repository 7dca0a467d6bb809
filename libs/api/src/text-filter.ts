import { parseTextQuery, WORD } from '@suite/store';

/**
 * The store's search (see its text-query.ts), for lines that go by.
 *
 * @returns null when the text has no word in it, which matches everything.
 */
export function createTextFilter(text: string): ((line: string) => boolean) | null {
  const terms = parseTextQuery(text.toLowerCase());
  if (terms.length === 0) return null;
  return (line) => {
    const lower = line.toLowerCase();
    if (!terms.every(({ words }) => words.every((word) => lower.includes(word)))) return false;
    const found = lower.match(WORD) ?? [];
    return terms.every(({ words, prefix }) => contains(found, words, prefix));
  };
}

function contains(found: readonly string[], words: readonly string[], prefix: boolean): boolean {
  const last = words.length - 1;
  for (let at = 0; at + last < found.length; at++) {
    const matches = words.every((word, index) => {
      const there = found[at + index];
      return prefix && index === last ? there?.startsWith(word) : there === word;
    });
    if (matches) return true;
  }
  return false;
}
