import { LIMITS } from './limits.ts';

/** Shared by a text and the texts inside it (backticks, nested shells): how much may still be spent. */
export interface Budget {
  nodes: number;
}

/** The text that is being parsed, where it stands, and how deep. */
export class Source {
  at = 0;
  readonly text: string;
  readonly budget: Budget;
  #depth: number;
  /** No `))` closes from here on: looked for once, not once for each `$((`. */
  #noArithmetic = false;

  constructor(text: string, budget: Budget = { nodes: LIMITS.nodes }, depth = 0) {
    this.text = text;
    this.budget = budget;
    this.#depth = depth;
  }

  more(): boolean {
    return this.at < this.text.length;
  }

  get depth(): number {
    return this.#depth;
  }

  /** @returns false when too deep; then nothing was entered. */
  enter(): boolean {
    if (this.#depth >= LIMITS.depth) return false;
    this.#depth += 1;
    return true;
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Counts one more node. @returns false when the line has used up its share; then the rest is skipped. */
  spend(): boolean {
    this.budget.nodes -= 1;
    if (this.budget.nodes > 0) return true;
    this.at = this.text.length;
    return false;
  }

  /** Takes what the sticky pattern matches here. */
  match(sticky: RegExp): string | null {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text);
    if (found === null) return null;
    this.at = sticky.lastIndex;
    return found[0];
  }

  exec(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text);
    if (found !== null) this.at = sticky.lastIndex;
    return found;
  }

  /** @returns where the `))` stands that closes an arithmetic expansion, or -1. */
  arithmeticEnd(from: number): number {
    if (this.#noArithmetic) return -1;
    let open = 0;
    for (let at = from; at < this.text.length; at++) {
      const char = this.text[at];
      if (char === '(') open += 1;
      else if (char === ')') {
        if (open === 0) return this.text[at + 1] === ')' ? at : -1;
        open -= 1;
      }
    }
    this.#noArithmetic = true;
    return -1;
  }

  /** @returns where the `}` stands that closes a parameter expansion; the end of the text where none does. */
  braceEnd(from: number): number {
    let open = 0;
    for (let at = from; at < this.text.length; at++) {
      const char = this.text[at];
      if (char === '\\') at += 1;
      else if (char === '{') open += 1;
      else if (char === '}') {
        if (open === 0) return at;
        open -= 1;
      }
    }
    return this.text.length;
  }
}
