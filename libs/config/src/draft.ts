import { formatKeyPath, type KeyPath } from './key-path.ts';
import type { ConfigProblem } from './problem.ts';
import type { Source } from './source.ts';
import type { Place } from './yaml-tree.ts';

/** A configuration on its way: plain values not yet validated, where each came from, what is wrong so far. */
export interface Draft {
  value: unknown;
  readonly places: Map<string, Place>;
  readonly problems: ConfigProblem[];
  readonly warnings: string[];
  /** Secrets whose file was refused: already reported, so not reported as missing. */
  readonly unread: Set<string>;
}

/** Sets a value and everything below it, making mappings on the way; what stood there before is gone. */
export function setValue(draft: Draft, path: readonly string[], value: unknown, source: Source): void {
  if (!isMapping(draft.value)) draft.value = Object.create(null);
  let parent = draft.value as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    if (!isMapping(parent[key])) parent[key] = Object.create(null);
    parent = parent[key] as Record<string, unknown>;
  }
  const last = path.at(-1);
  if (last === undefined) draft.value = value;
  else parent[last] = value;
  forget(draft, path);
  recordSource(draft, path, value, source);
}

/** Notes one source for a value and everything below it. */
export function recordSource(draft: Draft, path: KeyPath, value: unknown, source: Source): void {
  draft.places.set(formatKeyPath(path), { key: source, value: source });
  if (Array.isArray(value))
    value.forEach((item, index) => void recordSource(draft, [...path, index], item, source));
  else if (isMapping(value)) {
    for (const [key, child] of Object.entries(value)) recordSource(draft, [...path, key], child, source);
  }
}

/** Where a value stands, or the nearest thing around it that stands somewhere. */
export function placeOf(draft: Draft, path: KeyPath, part: keyof Place = 'value'): Source | null {
  const own = draft.places.get(formatKeyPath(path));
  if (own) return own[part];
  for (let length = path.length - 1; length > 0; length--) {
    const around = draft.places.get(formatKeyPath(path.slice(0, length)));
    if (around) return around.key;
  }
  return null;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function forget(draft: Draft, path: KeyPath): void {
  const own = formatKeyPath(path);
  for (const key of draft.places.keys()) {
    if (key === own || key.startsWith(`${own}.`) || key.startsWith(`${own}[`)) draft.places.delete(key);
  }
}
