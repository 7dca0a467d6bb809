import { ENTRY_CHARS, ENTRY_LINES } from './shell-command.ts';

/** An entry of several lines while it may still grow. JSON-serialisable as long as the reference is. */
export interface OpenEntry {
  /** Of the entry's first line. */
  readonly ref: unknown;
  /** Its lines as they were read. */
  readonly raw: string[];
  /** What was typed, line by line. */
  readonly command: string[];
  chars: number;
  timeUs: number | null;
}

export function openEntry(ref: unknown, timeUs: number | undefined): OpenEntry {
  return { ref, raw: [], command: [], chars: 0, timeUs: timeUs ?? null };
}

export function addRaw(entry: OpenEntry, text: string): void {
  entry.raw.push(text);
  entry.chars += text.length;
}

/** The entry takes no more lines. */
export function isFull(entry: OpenEntry): boolean {
  return entry.chars >= ENTRY_CHARS || entry.raw.length >= ENTRY_LINES;
}

/** A copy that later lines do not reach, for snapshots. */
export function copyOf(entry: OpenEntry | null): OpenEntry | null {
  return entry === null ? null : { ...entry, raw: [...entry.raw], command: [...entry.command] };
}
