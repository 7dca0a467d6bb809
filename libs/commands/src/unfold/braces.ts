import { LIMITS } from '../shell/limits.ts';

const LIST = /\{([^{}\s]*,[^{}\s]*)\}/;
const RANGE = /\{(-?\d{1,9}|[A-Za-z])\.\.(-?\d{1,9}|[A-Za-z])(?:\.\.-?\d{1,4})?\}/;

/**
 * `{curl,-s,x}` as the words that it becomes, at most LIMITS.braceWords. Ranges stay as they are, for they say how
 * wide a sweep is.
 */
export function expandBraces(text: string): readonly string[] {
  if (!text.includes('{') || !text.includes(',')) return [text];
  let words = [text];
  for (let round = 0; round < 8; round++) {
    const at = words.findIndex((word) => LIST.test(word));
    if (at < 0 || words.length >= LIMITS.braceWords) break;
    const next: string[] = [];
    for (const word of words) {
      const found = next.length < LIMITS.braceWords ? LIST.exec(word) : null;
      if (found === null) {
        next.push(word);
        continue;
      }
      const before = word.slice(0, found.index);
      const after = word.slice(found.index + found[0].length);
      for (const piece of found[1]!.split(',').slice(0, LIMITS.braceWords)) next.push(before + piece + after);
    }
    words = next.slice(0, LIMITS.braceWords * 2);
  }
  return words;
}

/** How many values a brace range has: 254 for `{1..254}`; 0 where there is none. */
export function rangeWidth(text: string): number {
  const found = RANGE.exec(text);
  if (found === null) return 0;
  const [from, to] = [Number(found[1]), Number(found[2])];
  return Number.isNaN(from) || Number.isNaN(to) ? 26 : Math.abs(to - from) + 1;
}
