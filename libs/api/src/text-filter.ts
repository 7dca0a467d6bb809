const TOKEN = /[\p{L}\p{N}\p{Co}]+/gu;
const TERM = /"([^"]*)"?(\*?)|([^\s"]+)/g;
const TERMS_MAX = 16;

/**
 * The store's search, for lines that go by: all words must be there, whole; a word may end in `*`; "a phrase" in
 * quotes. Case does not count; a word with punctuation (`10.0.0.1`) is the phrase of its parts.
 *
 * @returns null when the text has no word in it, which matches everything.
 */
export function createTextFilter(text: string): ((line: string) => boolean) | null {
  const terms: { tokens: string[]; prefix: boolean }[] = [];
  for (const match of text.toLowerCase().matchAll(TERM)) {
    const tokens = (match[1] ?? match[3] ?? '').match(TOKEN);
    if (!tokens || terms.length === TERMS_MAX) continue;
    terms.push({ tokens, prefix: match[2] === '*' || (match[3]?.endsWith('*') ?? false) });
  }
  if (terms.length === 0) return null;
  return (line) => {
    const lower = line.toLowerCase();
    if (!terms.every(({ tokens }) => tokens.every((token) => lower.includes(token)))) return false;
    const words = lower.match(TOKEN) ?? [];
    return terms.every(({ tokens, prefix }) => contains(words, tokens, prefix));
  };
}

function contains(words: readonly string[], tokens: readonly string[], prefix: boolean): boolean {
  const last = tokens.length - 1;
  for (let at = 0; at + last < words.length; at++) {
    const matches = tokens.every((token, index) => {
      const word = words[at + index];
      return prefix && index === last ? word?.startsWith(token) : word === token;
    });
    if (matches) return true;
  }
  return false;
}
