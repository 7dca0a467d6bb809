/** Why a rule does not load: a word that helps, and the line it is about. */
export class RuleProblem extends Error {
  /** 1-based. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.name = 'RuleProblem';
    this.line = line;
  }
}

/** `; did you mean "x"?` where a known name is near, else nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  let best = '';
  let bestDistance = 3;
  for (const other of known) {
    const distance = editDistance(name.toLowerCase(), other.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = other;
      bestDistance = distance;
    }
  }
  return best ? `; did you mean "${best}"?` : '';
}

/** Levenshtein's distance, or `bound` when it is not below it. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound || a.length > 64 || b.length > 64) return bound;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return Math.min(row[b.length]!, bound);
}
