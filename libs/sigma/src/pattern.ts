/** A piece of a Sigma string: text, `*` (any characters, also none) or `?` (one character). */
export type Piece = string | typeof MANY | typeof ONE;
export const MANY = Symbol('*');
export const ONE = Symbol('?');

/**
 * Sigma's wildcards: `*` and `?`, each taken literally after a backslash; a backslash before anything else is itself,
 * `\\` is one.
 */
export function parsePattern(text: string): Piece[] {
  const pieces: Piece[] = [];
  let literal = '';
  const push = (piece: Piece) => {
    if (literal) pieces.push(literal);
    literal = '';
    if (piece !== MANY || pieces.at(-1) !== MANY) pieces.push(piece);
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    const next = text[i + 1];
    if (char === '\\' && (next === '*' || next === '?' || next === '\\')) {
      literal += next;
      i++;
    } else if (char === '*') push(MANY);
    else if (char === '?') push(ONE);
    else literal += char;
  }
  if (literal) pieces.push(literal);
  return pieces;
}

export function hasWildcards(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => typeof piece !== 'string');
}

export interface CompiledPattern {
  /** The text is folded by the caller (`toLowerCase`) unless the pattern was compiled as cased. */
  test(text: string): boolean;
  /** The longest text that a match holds, folded to lower case; empty where there is none. */
  readonly literal: string;
  readonly wildcards: number;
}

/** Compiles to the cheapest test there is; no test backtracks: time is linear in text times pattern. */
export function compilePattern(pieces: readonly Piece[], cased: boolean): CompiledPattern {
  const folded = cased ? pieces : pieces.map((p) => (typeof p === 'string' ? p.toLowerCase() : p));
  const literal = longest(folded).toLowerCase();
  const wildcards = pieces.reduce((count, piece) => count + (typeof piece === 'string' ? 0 : 1), 0);
  return { test: testOf(folded), literal, wildcards };
}

function testOf(pieces: readonly Piece[]): (text: string) => boolean {
  const [a, b, c] = pieces;
  if (pieces.length === 0) return (text) => text === '';
  if (pieces.length === 1)
    return typeof a === 'string' ? (text) => text === a : a === MANY ? () => true : one;
  if (pieces.length === 2 && a === MANY && typeof b === 'string') return (text) => text.endsWith(b);
  if (pieces.length === 2 && typeof a === 'string' && b === MANY) return (text) => text.startsWith(a);
  if (pieces.length === 3 && a === MANY && typeof b === 'string' && c === MANY)
    return (text) => text.includes(b);
  return glob(pieces);
}

const one = (text: string) => text.length === 1;

/** Runs of text and `?` between `*`: the first is anchored at the start, the last at the end, each other leftmost. */
function glob(pieces: readonly Piece[]): (text: string) => boolean {
  const runs: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece === MANY) runs.push([]);
    else runs.at(-1)!.push(piece);
  }
  const lengths = runs.map(lengthOf);
  const first = runs[0]!;
  const last = runs.at(-1)!;
  const lastLength = lengths.at(-1)!;
  return (text) => {
    if (runs.length === 1) return text.length === lengths[0] && matchAt(first, text, 0);
    let at = lengths[0]!;
    const end = text.length - lastLength;
    if (at > end || !matchAt(first, text, 0) || !matchAt(last, text, end)) return false;
    for (let i = 1; i < runs.length - 1; i++) {
      const found = find(runs[i]!, text, at, end);
      if (found < 0) return false;
      at = found + lengths[i]!;
    }
    return at <= end;
  };
}

function find(run: readonly Piece[], text: string, from: number, end: number): number {
  const length = lengthOf(run);
  const head = run[0];
  for (let at = from; at + length <= end; at++) {
    if (typeof head === 'string') {
      at = text.indexOf(head, at);
      if (at < 0 || at + length > end) return -1;
    }
    if (matchAt(run, text, at)) return at;
  }
  return -1;
}

function matchAt(run: readonly Piece[], text: string, from: number): boolean {
  let at = from;
  for (const piece of run) {
    if (typeof piece === 'string') {
      if (!text.startsWith(piece, at)) return false;
      at += piece.length;
    } else if (at++ >= text.length) return false;
  }
  return true;
}

function lengthOf(run: readonly Piece[]): number {
  return run.reduce<number>((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 1), 0);
}

function longest(pieces: readonly Piece[]): string {
  let best = '';
  for (const piece of pieces) if (typeof piece === 'string' && piece.length > best.length) best = piece;
  return best;
}
