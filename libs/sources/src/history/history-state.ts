import { createHash } from 'node:crypto';
import { REMEMBERED_LINES } from './overlap.ts';

/** What is kept in `resume` of one history file. */
export interface HistoryState {
  readonly v: 1;
  readonly ino: string;
  /** Everything before it has been shipped, or was there before we came. */
  readonly offset: number;
  /** New whenever the file was rewritten: offsets count anew. */
  readonly stream: string;
  /** Hashes of the last lines before `offset`, oldest first. */
  readonly known: readonly string[];
  /** What became of it, once reported: not to be reported again. */
  readonly gone?: HistoryEvent;
}

export type HistoryEvent = 'history-truncated' | 'history-deleted' | 'history-linked-to-null';

/** 64 bits of SHA-256: a line is told from its neighbours, and the resume state holds no command. */
export function hashLine(line: Uint8Array): string {
  return createHash('sha256').update(line).digest('base64url').slice(0, 11);
}

/** Hashes of the whole lines in a buffer, and where each ends (index after its newline). */
export function linesOf(content: Buffer): { readonly hashes: string[]; readonly ends: number[] } {
  const [hashes, ends]: [string[], number[]] = [[], []];
  for (let at = 0; ; ) {
    const newline = content.indexOf(10, at);
    if (newline === -1) return { hashes, ends };
    hashes.push(hashLine(content.subarray(at, newline)));
    ends.push(newline + 1);
    at = newline + 1;
  }
}

export function lastKnown(hashes: readonly string[]): readonly string[] {
  return hashes.slice(-REMEMBERED_LINES);
}

/** Reads a state back; null for anything else. */
export function parseHistoryState(value: unknown): HistoryState | null {
  if (typeof value !== 'object' || value === null) return null;
  const state = value as Partial<HistoryState>;
  if (state.v !== 1 || typeof state.ino !== 'string' || typeof state.stream !== 'string') return null;
  if (!Number.isSafeInteger(state.offset) || !Array.isArray(state.known)) return null;
  return state as HistoryState;
}
