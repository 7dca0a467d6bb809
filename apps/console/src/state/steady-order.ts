export interface Steady<T> {
  readonly shown: readonly T[];
  /** New ones that are not shown yet. */
  readonly waiting: number;
}

/**
 * A list in the order in which it is read: what is in it changes in place, what left it stays as it was, what is new
 * waits.
 *
 * @param read what is shown now.
 * @param wanted what would be shown if nobody looked.
 */
export function steadyOrder<T extends { readonly id: string }>(
  read: readonly T[],
  wanted: readonly T[],
): Steady<T> {
  const now = new Map(wanted.map((item) => [item.id, item]));
  const shown = read.map((item) => now.get(item.id) ?? item);
  const known = new Set(read.map(({ id }) => id));
  return { shown, waiting: wanted.filter(({ id }) => !known.has(id)).length };
}
