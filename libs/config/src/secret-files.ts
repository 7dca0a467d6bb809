import { isAbsolute, resolve } from 'node:path';
import { type Draft, isMapping, placeOf } from './draft.ts';
import { formatKeyPath, type KeyPath } from './key-path.ts';
import { FileRefusedError, type ReadFile } from './read-file.ts';
import { type AnySchema, elementOf, shapeOf, unwrap } from './schema-walk.ts';
import { FILE_SUFFIX } from './secret.ts';
import { formatPlace } from './source.ts';

const MAX_SECRET_BYTES = 65_536;
/** Docker mounts its secrets readable by all, inside a container that only the service sees. */
const SHARED_BY_DESIGN = '/run/secrets/';

export interface SecretFilesOptions {
  readonly readFile: ReadFile;
  /** What relative paths in the configuration file are relative to. */
  readonly baseDir: string;
}

/**
 * Replaces every `KEY_file` beside a secret KEY by the content of that file (at most 64 KiB, one trailing line
 * end taken off). Of the two forms the one from the stronger source wins; both from the file is a problem.
 */
export async function readSecretFiles(
  draft: Draft,
  schema: AnySchema,
  options: SecretFilesOptions,
  value: unknown = draft.value,
  path: KeyPath = [],
): Promise<void> {
  const element = elementOf(schema);
  if (element && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      await readSecretFiles(draft, element, options, item, [...path, index]);
    }
  }
  const shape = shapeOf(schema);
  if (!shape || !isMapping(value)) return;
  for (const [key, child] of Object.entries(shape)) {
    if (!unwrap(child).annotation?.secret) {
      await readSecretFiles(draft, child, options, value[key], [...path, key]);
    } else if (Object.hasOwn(value, key + FILE_SUFFIX)) {
      await readOne(draft, value, path, key, options);
    }
  }
}

async function readOne(
  draft: Draft,
  parent: Record<string, unknown>,
  path: KeyPath,
  key: string,
  options: SecretFilesOptions,
): Promise<void> {
  const filePath = [...path, key + FILE_SUFFIX];
  const named = parent[key + FILE_SUFFIX];
  const from = placeOf(draft, filePath)!;
  delete parent[key + FILE_SUFFIX];
  const problem = (message: string) => {
    draft.problems.push({ source: from, keyPath: formatKeyPath(filePath), message });
    delete parent[key];
    draft.unread.add(formatKeyPath([...path, key]));
  };
  if (Object.hasOwn(parent, key) && parent[key] !== undefined) {
    const other = placeOf(draft, [...path, key])!;
    const strength = { file: 0, env: 1, flag: 2 } as Readonly<Record<string, number>>;
    const [a, b] = [strength[other.kind] ?? 0, strength[from.kind] ?? 0];
    if (a > b) return;
    if (a === b) {
      return problem(
        `${formatKeyPath([...path, key])} and ${formatKeyPath(filePath)} are both set (${formatPlace(other)}); keep one`,
      );
    }
  }
  if (typeof named !== 'string' || named === '') {
    return problem(`${formatKeyPath(filePath)}: expected the path of a file that holds the secret`);
  }
  const absolute = isAbsolute(named) || from.kind !== 'file' ? named : resolve(options.baseDir, named);
  try {
    const { bytes, mode } = await options.readFile(absolute, MAX_SECRET_BYTES);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
    if (text === '') return problem(`${formatKeyPath(filePath)}: ${absolute} is empty`);
    parent[key] = text;
    const source = { kind: 'secret-file', path: absolute, from } as const;
    draft.places.set(formatKeyPath([...path, key]), { key: source, value: source });
    if ((mode & 0o004) !== 0 && !absolute.startsWith(SHARED_BY_DESIGN)) {
      draft.warnings.push(`${absolute} holds a secret and every account may read it; chmod 600 ${absolute}`);
    }
  } catch (error) {
    const reason = error instanceof FileRefusedError ? error.message : 'it is not UTF-8 text';
    problem(`${formatKeyPath(filePath)}: cannot read ${absolute}: ${reason}`);
  }
}
