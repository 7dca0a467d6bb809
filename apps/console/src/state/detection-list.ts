import type { ApiDetection } from '@suite/api/contract';

/** Newest first, the newest version of each. */
export function mergeDetections(
  list: readonly ApiDetection[],
  more: readonly ApiDetection[],
): readonly ApiDetection[] {
  const byId = new Map(list.map((detection) => [detection.id, detection]));
  for (const detection of more) {
    const known = byId.get(detection.id);
    if (!known || known.version <= detection.version) byId.set(detection.id, detection);
  }
  return [...byId.values()].sort((a, b) => b.timeUs - a.timeUs || (a.id < b.id ? -1 : 1));
}
