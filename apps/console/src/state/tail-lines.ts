import type { ApiRecord } from '@suite/api/contract';

/**
 * Puts lines into a list that is newest first, each line once.
 * @param keep how many of the newest to keep; lines beyond it fall off the old end.
 */
export function mergeLines(
  lines: readonly ApiRecord[],
  more: readonly ApiRecord[],
  keep: number,
): readonly ApiRecord[] {
  if (more.length === 0) return lines;
  const known = new Set(lines.map((line) => line.id));
  const fresh: ApiRecord[] = [];
  for (const line of more) {
    if (known.has(line.id)) continue;
    known.add(line.id);
    fresh.push(line);
  }
  if (fresh.length === 0) return lines;
  return [...fresh, ...lines].sort(newestFirst).slice(0, keep);
}

function newestFirst(a: ApiRecord, b: ApiRecord): number {
  if (a.timeUs !== b.timeUs) return b.timeUs - a.timeUs;
  if (a.path === b.path && a.offset !== b.offset) return b.offset - a.offset;
  return a.id < b.id ? 1 : -1;
}
