import { parse } from 'yaml';
import type { ConfigDefinition } from './define.ts';
import { isMapping } from './draft.ts';
import { formatKeyPath, type KeyPath } from './key-path.ts';
import type { LoadedConfig } from './load.ts';
import { type AnySchema, elementOf, shapeOf, unwrap } from './schema-walk.ts';
import { formatSource, type Source } from './source.ts';

/** The same for every secret, so that not even its length shows. */
const MASK = "'***'";

/**
 * The configuration as it holds, in YAML that can be loaded again (but for secrets): defaults filled in, secrets
 * masked, behind each value where it came from. Optional keys that are not set stand as comments.
 */
export function describeEffective(definition: ConfigDefinition, loaded: LoadedConfig<unknown>): string {
  const lines = mapping(definition.schema, loaded.config, [], '', loaded.sources);
  return `${lines.join('\n')}\n`;
}

type Sources = ReadonlyMap<string, Source>;

function mapping(
  schema: AnySchema,
  value: unknown,
  path: KeyPath,
  indent: string,
  sources: Sources,
): string[] {
  const shape = shapeOf(schema) ?? {};
  const values = isMapping(value) ? value : {};
  return Object.entries(shape).flatMap(([key, child]) => {
    const childPath = [...path, key];
    if (values[key] === undefined) return [`${indent}# ${key}: not set`];
    return entry(`${indent}${key}:`, child, values[key], childPath, indent, sources);
  });
}

function entry(
  head: string,
  outer: AnySchema,
  value: unknown,
  path: KeyPath,
  indent: string,
  sources: Sources,
): string[] {
  const { annotation } = unwrap(outer);
  const source = ` # ${formatSource(sources.get(formatKeyPath(path)) ?? { kind: 'default' })}`;
  if (annotation?.secret) return [`${head} ${MASK}${source}`];
  if (annotation?.format) return [`${head} ${scalar(annotation.format(value as never))}${source}`];
  if (shapeOf(outer)) {
    const below = mapping(outer, value, path, `${indent}  `, sources);
    // Nothing below but comments would read as null.
    return [below.every((line) => line.trimStart().startsWith('#')) ? `${head} {}` : head, ...below];
  }
  const element = elementOf(outer);
  if (element && Array.isArray(value)) {
    if (value.length === 0) return [`${head} []${source}`];
    return [
      `${head}${source}`,
      ...value.flatMap((item, i) => listItem(element, item, [...path, i], indent, sources)),
    ];
  }
  return [`${head} ${scalar(value)}${source}`];
}

function listItem(
  element: AnySchema,
  value: unknown,
  path: KeyPath,
  indent: string,
  sources: Sources,
): string[] {
  if (!shapeOf(element)) return [`${indent}  - ${scalar(plainItem(element, value))}`];
  const lines = mapping(element, value, path, `${indent}    `, sources);
  const first = lines.findIndex((line) => !line.trimStart().startsWith('#'));
  if (first < 0) return [`${indent}  - {}`];
  // The dash goes before the first key that is set; comments before it would end up outside the item.
  const [line] = lines.splice(first, 1);
  return [`${indent}  - ${line!.trimStart()}`, ...lines];
}

function plainItem(element: AnySchema, value: unknown): unknown {
  const { annotation } = unwrap(element);
  if (annotation?.secret) return '***';
  return annotation?.format ? annotation.format(value as never) : value;
}

/** Plain where that reads back as the same text; quoted as JSON, which is YAML too, otherwise. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  const plain = PLAIN.test(value) && parse(`k: ${value}`, { logLevel: 'silent' }).k === value;
  return plain ? value : JSON.stringify(value);
}

const PLAIN = /^[a-z0-9./:][\w./:*@{},+-]*(?<!:)$/i;
