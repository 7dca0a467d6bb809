import { ANY, FIRST_MASK, MIX, WORD } from './kind.ts';
import type { Form } from './template.ts';

/** Positions beyond these must be the same. */
const COMPARED = 31;
/** Words that may vary together. */
const MOST_VARYING = 4;

/** How a form differs from another of the same length. Filled in place: one is compared with very many. */
export class Difference {
  /** Positions where both have words, and other ones. A bit set. */
  words = 0;
  wordCount = 0;
  /** Positions where one has a value, the other a word. A bit set. */
  values = 0;
  valueCount = 0;
  /** Positions where both have the same word. */
  same = 0;

  /** @returns false where they have too little in common to ever be one template. */
  between(known: Form, form: Form): boolean {
    const length = form.hashes.length;
    const mostWords = Math.min(MOST_VARYING, form.constants >> 1);
    let words = 0;
    let wordCount = 0;
    let values = 0;
    let valueCount = 0;
    let same = 0;
    for (let i = 0; i < length; i++) {
      const kind = known.kinds[i]!;
      if (kind === ANY) continue;
      if (known.hashes[i] === form.hashes[i]) {
        if (kind < FIRST_MASK) same++;
        continue;
      }
      if (i >= COMPARED) return false;
      const isValue = form.kinds[i]! >= FIRST_MASK;
      if (kind >= FIRST_MASK) {
        if (isValue) return false;
        values |= 1 << i;
        valueCount++;
      } else if (isValue) {
        values |= 1 << i;
        valueCount++;
      } else {
        words |= 1 << i;
        if (++wordCount > mostWords) return false;
      }
    }
    this.words = words;
    this.wordCount = wordCount;
    this.values = values;
    this.valueCount = valueCount;
    this.same = same;
    return true;
  }
}

/** Distinct words at one position beyond which the position is taken to vary, by how many positions vary together. */
const DISTINCT = [0, 5, 6, 7, 8];
/** Names with digits vary sooner: `node1`, `worker3`. */
const DISTINCT_NAMES = 2;
/** States in capitals are few and mean something: they vary later. */
const CAPITALS_FACTOR = 2;
/** What a message begins with mostly says what it is about. */
const FIRST_FACTOR = 2;

/** Whether the words that `forms` have at `position` are so many that it is a value. */
export function varies(forms: readonly Form[], position: number, together: number): boolean {
  const distinct = new Set<number>();
  let names = true;
  let capitals = true;
  for (const form of forms) {
    const kind = form.kinds[position]!;
    if (kind === ANY) return true;
    distinct.add(form.hashes[position]!);
    if (kind !== MIX) names = false;
    if (kind !== WORD || !isCapitals(form.words[position]!)) capitals = false;
  }
  if (names && together === 1) return distinct.size > DISTINCT_NAMES;
  const factor = (capitals ? CAPITALS_FACTOR : 1) * (position === 0 ? FIRST_FACTOR : 1);
  return distinct.size > DISTINCT[together]! * factor;
}

function isCapitals(word: string): boolean {
  return word.length > 2 && word === word.toUpperCase() && word !== word.toLowerCase();
}
