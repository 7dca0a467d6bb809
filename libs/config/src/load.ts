import { dirname } from 'node:path';
import type { z } from 'zod';
import type { ConfigDefinition } from './define.ts';
import { type Draft, isMapping } from './draft.ts';
import { applyEnv, applyLeftOpen, applyOverrides, type Override } from './env-overlay.ts';
import { problemsOf } from './issues.ts';
import { formatKeyPath, type KeyPath } from './key-path.ts';
import { ConfigError } from './problem.ts';
import { FileRefusedError, type ReadFile } from './read-file.ts';
import { type AnySchema, elementOf, shapeOf, unwrap } from './schema-walk.ts';
import { readSecretFiles } from './secret-files.ts';
import { expandShorthands } from './shorthand.ts';
import type { Source } from './source.ts';
import { parseYamlTree } from './yaml-tree.ts';

const MAX_FILE_BYTES = 262_144;

export interface LoadOptions<S extends z.ZodObject> {
  readonly definition: ConfigDefinition<S>;
  /** Path of the YAML file; left out: environment and defaults alone. */
  readonly file?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Values from the command line, stronger than the environment: `{ '--store': { path: ['store'], text } }`. */
  readonly flags?: Readonly<Record<string, { readonly path: readonly string[]; readonly text: string }>>;
  readonly readFile: ReadFile;
}

export interface LoadedConfig<T> {
  readonly config: T;
  /** By key path (`http.port`, `agents[0].name`); what is absent is a default. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Whole sentences for the log: secrets that others may read, variables that fit no key. */
  readonly warnings: readonly string[];
}

/**
 * Reads and validates a configuration. Strength, weakest first: defaults, file, environment, flags.
 * @throws ConfigError with every problem that was found.
 */
export async function loadConfig<S extends z.ZodObject>(
  options: LoadOptions<S>,
): Promise<LoadedConfig<z.output<S>>> {
  const { definition, file, env, flags = {}, readFile } = options;
  const schema: AnySchema = definition.schema;
  const draft: Draft = {
    value: Object.create(null),
    places: new Map(),
    problems: [],
    warnings: [],
    unread: new Set(),
  };
  const mode = file === undefined ? 0 : await readYaml(draft, file, readFile);
  if (draft.problems.length > 0) throw new ConfigError(draft.problems, file ?? null);
  expandShorthands(draft, schema);
  const fromEnv = applyEnv(draft, schema, env, definition.envPrefix, definition.envIgnore ?? []);
  const fromFlags = Object.entries(flags).map(
    ([name, flag]): Override => ({ ...flag, source: { kind: 'flag', name } }),
  );
  applyOverrides(draft, schema, fromFlags);
  applyLeftOpen(draft, schema, fromEnv, fromFlags);
  if (file !== undefined && (mode & 0o044) !== 0) warnOfInlineSecrets(draft, schema, file);
  await readSecretFiles(draft, schema, { readFile, baseDir: file === undefined ? '.' : dirname(file) });
  const parsed = definition.schema.safeParse(draft.value);
  if (!parsed.success) draft.problems.push(...problemsOf(draft, schema, parsed.error.issues));
  if (draft.problems.length > 0) throw new ConfigError(draft.problems.toSorted(byPlace), file ?? null);
  const sources = new Map([...draft.places].map(([path, place]) => [path, place.value]));
  return { config: parsed.data as z.output<S>, sources, warnings: draft.warnings };
}

/** @returns the file's permission bits. */
async function readYaml(draft: Draft, file: string, readFile: ReadFile): Promise<number> {
  const refuse = (message: string) => {
    draft.problems.push({ source: null, keyPath: '', message: `${file}: ${message}` });
    return 0;
  };
  let text: string;
  let mode: number;
  try {
    const content = await readFile(file, MAX_FILE_BYTES);
    mode = content.mode;
    text = new TextDecoder('utf-8', { fatal: true }).decode(content.bytes);
  } catch (error) {
    return refuse(error instanceof FileRefusedError ? error.message : 'it is not UTF-8 text');
  }
  const parsed = parseYamlTree(text, file);
  if ('problems' in parsed) {
    draft.problems.push(...parsed.problems);
    return mode;
  }
  if (!isMapping(parsed.tree.value)) return refuse('the file holds no mapping (key: value) at its top');
  draft.value = parsed.tree.value;
  for (const [path, place] of parsed.tree.places) draft.places.set(path, place);
  return mode;
}

function warnOfInlineSecrets(draft: Draft, schema: AnySchema, file: string): void {
  const inline = inlineSecrets(schema, draft.value, []).filter(
    (path) => draft.places.get(path)?.value.kind === 'file',
  );
  if (inline.length === 0) return;
  draft.warnings.push(
    `${file} holds secrets (${inline.join(', ')}) and other accounts may read it; chmod 600 ${file}`,
  );
}

function inlineSecrets(schema: AnySchema, value: unknown, path: KeyPath): readonly string[] {
  if (unwrap(schema).annotation?.secret) return typeof value === 'string' ? [formatKeyPath(path)] : [];
  const element = elementOf(schema);
  if (element && Array.isArray(value)) {
    return value.flatMap((item, index) => inlineSecrets(element, item, [...path, index]));
  }
  if (!isMapping(value)) return [];
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([key, child]) =>
    inlineSecrets(child, value[key], [...path, key]),
  );
}

function byPlace(a: { readonly source: Source | null }, b: { readonly source: Source | null }): number {
  return rank(a.source) - rank(b.source);
}

function rank(source: Source | null): number {
  if (source?.kind === 'file') return source.line * 100_000 + source.column;
  return source === null ? 0 : Number.MAX_SAFE_INTEGER;
}
