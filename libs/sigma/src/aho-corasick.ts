/**
 * Finds which of many texts stand in a line, in one pass over it (Aho and Corasick, 1975), case folded. A filter: it
 * looks at the first 12 characters of each text and folds ASCII alone, so it may find what a closer look refutes,
 * never miss what that would find in `line.toLowerCase()`.
 */
export class LiteralFinder {
  /** Class of each character below 128; everything else is `#otherClass`. */
  readonly #classOf = new Uint8Array(128);
  readonly #classes: number;
  /** State × class → state. */
  readonly #next: Int32Array;
  readonly #found: (readonly number[] | null)[];

  /** @param texts lower case, each with the numbers to report. Texts without ASCII are not asked of it. */
  constructor(texts: ReadonlyMap<string, readonly number[]>) {
    const keys = [...texts.keys()];
    let classes = 1;
    for (const key of keys)
      for (let i = 0; i < key.length; i++) {
        const code = key.charCodeAt(i);
        if (code < 128 && this.#classOf[code] === 0) this.#classOf[code] = classes++;
      }
    for (let code = 65; code <= 90; code++) this.#classOf[code] = this.#classOf[code + 32]!;
    this.#classes = classes;
    const states = 1 + keys.reduce((sum, key) => sum + key.length, 0);
    this.#next = new Int32Array(states * classes);
    this.#found = [];
    this.#build(texts);
  }

  /** Reports the numbers of the texts found; some more than once. */
  scan(line: string, report: (id: number) => void): void {
    const classOf = this.#classOf;
    const next = this.#next;
    const classes = this.#classes;
    const found = this.#found;
    let state = 0;
    for (let i = 0; i < line.length; i++) {
      const code = line.charCodeAt(i);
      // The Kelvin sign and the dotted capital I fold to ASCII letters.
      const kind =
        code < 128 ? classOf[code]! : code === 0x212a ? classOf[107]! : code === 0x130 ? classOf[105]! : 0;
      state = next[state * classes + kind]!;
      const ids = found[state];
      if (ids) for (const id of ids) report(id);
    }
  }

  #build(texts: ReadonlyMap<string, readonly number[]>): void {
    const classes = this.#classes;
    const next = this.#next;
    let states = 1;
    const own: (number[] | undefined)[] = [];
    for (const [text, ids] of texts) {
      let state = 0;
      for (let i = 0; i < text.length; i++) {
        const slot = state * classes + this.#classOf[text.charCodeAt(i)]!;
        if (next[slot] === 0) next[slot] = states++;
        state = next[slot]!;
      }
      own[state] = [...(own[state] ?? []), ...ids];
    }
    // Breadth first: a state's fallback is nearer to the root than it is.
    const fallback = new Int32Array(states);
    const queue: number[] = [];
    for (let kind = 0; kind < classes; kind++) if (next[kind] !== 0) queue.push(next[kind]!);
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]!;
      for (let kind = 0; kind < classes; kind++) {
        const slot = state * classes + kind;
        const child = next[slot]!;
        const other = next[fallback[state]! * classes + kind]!;
        if (child === 0) next[slot] = other;
        else {
          fallback[child] = other;
          queue.push(child);
        }
      }
    }
    for (let state = 0; state < states; state++) this.#found[state] = own[state] ?? null;
    for (const state of queue) {
      const inherited = this.#found[fallback[state]!];
      if (inherited) this.#found[state] = [...new Set([...(this.#found[state] ?? []), ...inherited])];
    }
  }
}

const LENGTH = 12;

/** The part of a text that a finder is asked for: its longest run of ASCII, at most 12 characters; empty if none. */
export function askable(text: string): string {
  let best = '';
  for (const [run] of text.matchAll(/[\x00-\x7f]+/g)) if (run.length > best.length) best = run;
  return best.slice(0, LENGTH);
}
