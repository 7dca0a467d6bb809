const WORDS_MAX = 16;

/** A pattern that marks in a line what a search text looks for, or null when it has no word. */
export function searchPattern(text: string): RegExp | null {
  const words = text.replace(/["*]/g, ' ').split(/\s+/).filter(Boolean).slice(0, WORDS_MAX);
  if (words.length === 0) return null;
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(${escaped.join('|')})`, 'giu');
}
