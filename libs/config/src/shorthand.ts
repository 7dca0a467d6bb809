import { type Draft, isMapping, placeOf, setValue } from './draft.ts';
import { formatKeyPath } from './key-path.ts';
import { type AnySchema, shapeOf, unwrap } from './schema-walk.ts';

/** Replaces the one-line form of objects (`store: influx://…`) by what it stands for. */
export function expandShorthands(draft: Draft, schema: AnySchema, path: readonly string[] = []): void {
  const shape = shapeOf(schema);
  if (!shape) return;
  const value = valueAt(draft.value, path);
  const shorthand = unwrap(schema).annotation?.shorthand;
  if (typeof value === 'string' && shorthand) {
    const source = placeOf(draft, path)!;
    const expanded = shorthand.expand(value);
    if ('value' in expanded) setValue(draft, path, expanded.value, source);
    else {
      const keyPath = formatKeyPath(path);
      draft.problems.push({ source, keyPath, message: `${keyPath}: ${expanded.problem}` });
      setValue(draft, path, Object.create(null), source);
    }
    return;
  }
  for (const [key, child] of Object.entries(shape)) expandShorthands(draft, child, [...path, key]);
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const key of path) value = isMapping(value) ? value[key] : undefined;
  return value;
}
