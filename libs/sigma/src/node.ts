import type { View } from './view.ts';

/** What a rule asks of a record, as a tree. */
export type Node =
  | { readonly kind: 'and' | 'or'; readonly children: readonly Node[] }
  | { readonly kind: 'not'; readonly child: Node }
  | { readonly kind: 'atLeast'; readonly count: number; readonly children: readonly Node[] }
  | Leaf;

/** One field against one or more values. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly field: number;
  /** `CommandLine`, or `the line` for keywords. */
  readonly name: string;
  test(view: View): boolean;
  /** Text in lower case of which at least one stands in the field's when the leaf holds; null: cannot be told. */
  readonly literals: readonly string[] | null;
  /** All values that the field may have when the leaf holds, exactly, in lower case, empty for none; null: cannot be told. */
  readonly exact: readonly string[] | null;
}

export type Predicate = (view: View) => boolean;

/** The tree as a function. */
export function predicateOf(node: Node): Predicate {
  switch (node.kind) {
    case 'leaf':
      return (view) => node.test(view);
    case 'not': {
      const child = predicateOf(node.child);
      return (view) => !child(view);
    }
    case 'and':
    case 'or': {
      const children = node.children.map(predicateOf);
      if (children.length === 1) return children[0]!;
      return node.kind === 'and' ? allOf(children) : anyOf(children);
    }
    case 'atLeast':
      return atLeast(node.count, node.children.map(predicateOf));
  }
}

function allOf(children: readonly Predicate[]): Predicate {
  return (view) => {
    for (const child of children) if (!child(view)) return false;
    return true;
  };
}

function anyOf(children: readonly Predicate[]): Predicate {
  return (view) => {
    for (const child of children) if (child(view)) return true;
    return false;
  };
}

function atLeast(count: number, children: readonly Predicate[]): Predicate {
  return (view) => {
    let held = 0;
    for (const child of children) if (child(view) && ++held >= count) return true;
    return held >= count;
  };
}

/** The leaves that hold and make the tree hold, in its order, at most `most`: why a rule spoke. */
export function explain(node: Node, view: View, most: number): Leaf[] {
  const found: Leaf[] = [];
  const walk = (at: Node): void => {
    if (found.length >= most) return;
    if (at.kind === 'leaf') {
      if (at.test(view)) found.push(at);
    } else if (at.kind !== 'not') for (const child of at.children) walk(child);
  };
  walk(node);
  return found;
}
