import { parse } from 'yaml';
import { type Draft, setValue } from './draft.ts';
import { formatKeyPath } from './key-path.ts';
import { nearest } from './nearest.ts';
import { type AnySchema, defOf, type Leaf, listLeaves, unwrap } from './schema-walk.ts';
import { FILE_SUFFIX } from './secret.ts';
import { expandShorthands, valueAt } from './shorthand.ts';
import type { Source } from './source.ts';

/** Values with the precedence of their order: later ones win. */
export interface Override {
  readonly path: readonly string[];
  readonly text: string;
  readonly source: Source;
}

/**
 * The mapping rule. A variable is PREFIX, `_`, and the key path in capitals with its levels joined by `__`:
 * `NADIR_STORE__SQLITE__PATH` is `store.sqlite.path`. A single `_` may join levels too where that leaves one
 * reading: `NADIR_HTTP_PORT` is `http.port`. A secret's `…_FILE` names the file that holds it. A variable that is
 * empty counts as unset. Lists are written with commas (`a,b`) or as YAML (`[a, b]`, `[{name: x}]`).
 * A variable that fits no key is a warning, not an error: Docker and Kubernetes put their own next to ours.
 * @returns what the variables set.
 */
export function applyEnv(
  draft: Draft,
  schema: AnySchema,
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
  ignore: readonly string[],
): readonly Override[] {
  const names = envNames(schema);
  const overrides: Override[] = [];
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith(`${prefix}_`) || !text || ignore.includes(variable)) continue;
    const name = variable.slice(prefix.length + 1);
    const source: Source = { kind: 'env', name: variable };
    const paths = names.get(name) ?? [];
    if (paths.length === 1) overrides.push({ path: paths[0]!, text, source });
    else if (paths.length > 1) {
      const spellings = paths.map((path) => `${prefix}_${envName(path, '__')}`).join(' or ');
      draft.problems.push({
        source,
        keyPath: '',
        message: `could mean ${paths.map(formatKeyPath).join(' or ')}; write ${spellings}`,
      });
    } else {
      const close = nearest(name, names.keys());
      const question = close ? `; did you mean ${prefix}_${close}?` : '';
      draft.warnings.push(`${variable} is set and fits no key${question}`);
    }
  }
  applyOverrides(draft, schema, overrides);
  return overrides;
}

/** Sets values given as text, outermost first, so that one-line forms are expanded before what lies below them. */
export function applyOverrides(draft: Draft, schema: AnySchema, overrides: readonly Override[]): void {
  const leaves = new Map(listLeaves(schema).map((leaf) => [formatKeyPath(leaf.path), leaf]));
  for (const { path, text, source } of overrides.toSorted((a, b) => a.path.length - b.path.length)) {
    const leaf = leaves.get(formatKeyPath(path));
    setValue(draft, path, leaf ? valueFromText(leaf.schema, text) : text, source);
    expandShorthands(draft, schema);
  }
}

/**
 * Sets again what stronger values in a one-line form swept away and left open: `--store influx://user@host/db` names
 * no password, and must not forget the variable that does.
 */
export function applyLeftOpen(
  draft: Draft,
  schema: AnySchema,
  weaker: readonly Override[],
  stronger: readonly Override[],
): void {
  const isBelow = (path: readonly string[], above: readonly string[]) =>
    path.length > above.length && above.every((key, index) => path[index] === key);
  const open = weaker.filter(
    ({ path }) =>
      stronger.some((override) => isBelow(path, override.path)) && valueAt(draft.value, path) === undefined,
  );
  applyOverrides(draft, schema, open);
}

/** The variable of a key path, without the prefix. */
export function envName(path: readonly string[], separator: '_' | '__'): string {
  return path.map((part) => part.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')).join(separator);
}

function envNames(schema: AnySchema): ReadonlyMap<string, readonly (readonly string[])[]> {
  const single = new Map<string, (readonly string[])[]>();
  const exact = new Map<string, (readonly string[])[]>();
  for (const path of listLeaves(schema).flatMap(variants)) {
    const short = envName(path, '_');
    single.set(short, [...(single.get(short) ?? []), path]);
    exact.set(envName(path, '__'), [path]);
  }
  return new Map([...single, ...exact]);
}

function variants({ path, schema }: Leaf): (readonly string[])[] {
  if (!unwrap(schema).annotation?.secret) return [path];
  return [path, [...path.slice(0, -1), `${path.at(-1)}${FILE_SUFFIX}`]];
}

function valueFromText(outer: AnySchema, text: string): unknown {
  const { schema, annotation } = unwrap(outer);
  if (annotation) return text;
  const def = defOf(schema);
  if (def.type === 'string' || def.type === 'enum') return text;
  const trimmed = text.trim();
  if (def.type === 'array' && !/^[[{]/.test(trimmed)) {
    return trimmed.split(',').map((item) => valueFromText(def.element!, item.trim()));
  }
  try {
    return parse(trimmed, { maxAliasCount: 0 });
  } catch {
    return text;
  }
}
