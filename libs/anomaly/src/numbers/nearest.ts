import type { Recent } from './recent.ts';

const LAGS = 4;
const SPAN = 3;
const NEIGHBOURS = 3;

/** Distance to the nearest value among the ones remembered: what was never there is odd, in a gap as on the edge. */
export function nearestValue(memory: Recent, value: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < memory.count; i++) {
    const distance = Math.abs(value - memory.back(i));
    if (distance < nearest) nearest = distance;
  }
  return memory.count === 0 ? 0 : nearest;
}

/**
 * Shape (after KNN-CAD, Burnaev and Ishimtsev 2016, and CAD OSE's memory of contexts): the last twelve readings as four
 * means of three, and how far the three most similar such stretches of the past are, on average. Sees a spike that comes
 * at the wrong moment of a rhythm, and a rhythm that breaks.
 */
export function nearestShape(memory: Recent): number {
  if (memory.count < 2 * LAGS * SPAN) return 0;
  const now = new Float64Array(LAGS);
  for (let lag = 0; lag < LAGS; lag++) now[lag] = spanAt(memory, lag * SPAN);
  const best = new Float64Array(NEIGHBOURS).fill(Number.POSITIVE_INFINITY);
  const last = memory.count - LAGS * SPAN;
  for (let from = LAGS * SPAN; from <= last; from++) {
    const limit = best[NEIGHBOURS - 1]!;
    let distance = 0;
    for (let lag = 0; lag < LAGS && distance < limit; lag++)
      distance += (now[lag]! - spanAt(memory, from + lag * SPAN)) ** 2;
    if (distance < limit) insert(best, distance);
  }
  let sum = 0;
  let found = 0;
  for (const distance of best)
    if (distance < Number.POSITIVE_INFINITY) {
      sum += Math.sqrt(distance);
      found += 1;
    }
  return found === 0 ? 0 : sum / found;
}

function spanAt(memory: Recent, back: number): number {
  return memory.back(back) + memory.back(back + 1) + memory.back(back + 2);
}

/** Keeps `best` sorted, smallest first. */
function insert(best: Float64Array, distance: number): void {
  let at = best.length - 1;
  while (at > 0 && best[at - 1]! > distance) {
    best[at] = best[at - 1]!;
    at -= 1;
  }
  best[at] = distance;
}
