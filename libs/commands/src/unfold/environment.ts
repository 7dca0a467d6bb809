import { LIMITS } from '../shell/limits.ts';
import type { Budget } from '../shell/source.ts';
import type { Invocation, Mark } from './invocation.ts';

/** What unfolding one line knows and has used up. Made anew for each line. */
export class Environment {
  readonly invocations: Invocation[] = [];
  readonly assignments: string[] = [];
  readonly marks = new Set<Mark>();
  readonly functions = new Set<string>();
  readonly budget: Budget = { nodes: LIMITS.nodes };
  #variables: Map<string, string> | null = null;
  #expanded = 0;
  layer = 0;

  get(name: string): string | undefined {
    return this.#variables?.get(name);
  }

  set(name: string, value: string, append = false): void {
    this.#variables ??= new Map();
    if (this.#variables.size >= 1000 && !this.#variables.has(name)) return;
    const full = append ? (this.#variables.get(name) ?? '') + value : value;
    this.#variables.set(name, full.length > LIMITS.valueChars ? full.slice(0, LIMITS.valueChars) : full);
  }

  unset(name: string): void {
    this.#variables?.delete(name);
  }

  /** Counts expanded text. @returns false when the line has had its share. */
  spend(chars: number): boolean {
    this.#expanded += chars;
    return this.#expanded <= LIMITS.expandedChars;
  }

  get full(): boolean {
    return this.invocations.length >= LIMITS.invocations || this.budget.nodes <= 0;
  }
}
