/** What is kept in `resume` for the journal. */
export interface JournaldState {
  readonly v: 1;
  /** Cursor of the last entry taken; null before the first. */
  readonly cursor: string | null;
  /** Ordinal of the next line: bytes of JSON shipped so far. */
  readonly offset: number;
  readonly stream: string;
}

const CURSOR_KEY = '"__CURSOR":"';

/**
 * The cursor in a line of `journalctl -o json`, or null. Searched, not parsed: quotes inside values are escaped,
 * and clients of the journal cannot set fields that begin with an underscore.
 */
export function cursorOf(line: string): string | null {
  const at = line.indexOf(CURSOR_KEY);
  if (at === -1) return null;
  const from = at + CURSOR_KEY.length;
  const end = line.indexOf('"', from);
  return end === -1 ? null : line.slice(from, end);
}

/** Reads a state back; null for anything else. */
export function parseJournaldState(value: unknown): JournaldState | null {
  if (typeof value !== 'object' || value === null) return null;
  const { v, cursor, offset, stream } = value as Record<string, unknown>;
  if (v !== 1 || (cursor !== null && typeof cursor !== 'string')) return null;
  if (!Number.isSafeInteger(offset) || typeof stream !== 'string') return null;
  return { v, cursor, offset: offset as number, stream };
}
