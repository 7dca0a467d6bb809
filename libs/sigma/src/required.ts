import type { Node } from './node.ts';

/** A text, in lower case, that stands in a field's when a rule holds. */
export interface Literal {
  readonly field: number;
  readonly text: string;
}

/** More alternatives than this are no filter any more. */
const MOST = 2_000;

/**
 * Literals of which at least one stands in its field whenever the tree holds; null where none can be told. Of several
 * such sets the one whose shortest text is longest is taken.
 */
export function requiredLiterals(node: Node): readonly Literal[] | null {
  switch (node.kind) {
    case 'leaf':
      return node.literals?.map((text) => ({ field: node.field, text })) ?? null;
    case 'not':
      return null;
    case 'and': {
      const sets = node.children.map(requiredLiterals).filter((set) => set !== null);
      return sets.reduce<readonly Literal[] | null>(
        (best, set) => (best && worth(best) >= worth(set) ? best : set),
        null,
      );
    }
    case 'or':
    case 'atLeast': {
      const all: Literal[] = [];
      for (const child of node.children) {
        const set = requiredLiterals(child);
        if (set === null) return null;
        all.push(...set);
        if (all.length > MOST) return null;
      }
      return all;
    }
  }
}

function worth(set: readonly Literal[]): number {
  let shortest = 12;
  for (const { text } of set) shortest = Math.min(shortest, text.length);
  return shortest - set.length / 1_000;
}

/** The values, exact and in lower case, that a field has whenever the tree holds; null where it cannot be told. */
export function requiredValues(node: Node, field: number): readonly string[] | null {
  switch (node.kind) {
    case 'leaf':
      return node.field === field ? node.exact : null;
    case 'not':
      return null;
    case 'and': {
      const sets = node.children.map((child) => requiredValues(child, field)).filter((set) => set !== null);
      return sets.length === 0 ? null : sets.reduce((a, b) => a.filter((value) => b.includes(value)));
    }
    case 'or':
    case 'atLeast': {
      const all = node.children.map((child) => requiredValues(child, field));
      return all.every((set) => set !== null) ? [...new Set(all.flat())] : null;
    }
  }
}
