/**
 * The candidate that is closest to what somebody typed, or null when none is close enough to be meant:
 * at most a third of the longer word may differ, and at least one character must agree.
 */
export function nearest(typed: string, candidates: Iterable<string>): string | null {
  const word = typed.slice(0, 64).toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate.slice(0, 64).toLowerCase());
    const limit = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    const agrees = distance < Math.max(word.length, candidate.length);
    if (distance <= limit && agrees && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Damerau-Levenshtein distance, optimal string alignment: insertions, deletions, substitutions and swaps of
 * neighbours count one each.
 */
export function editDistance(a: string, b: string): number {
  let twoBack: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, twoBack[column - 2]! + 1);
      }
      current.push(cost);
    }
    twoBack = previous;
    previous = current;
  }
  return previous[b.length]!;
}
