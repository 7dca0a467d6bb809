import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ConfigDefinition } from './define.ts';
import { jsonSchema } from './json-schema.ts';
import { jsonText } from './json-text.ts';
import { referencePage } from './reference.ts';

export interface GeneratedFile {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly content: string;
}

/** What is generated from a configuration's definition: JSON Schema and reference page. */
export function generateConfigFiles(definition: ConfigDefinition): readonly GeneratedFile[] {
  return [
    { path: `schemas/${definition.name}.schema.json`, content: jsonText(jsonSchema(definition)) },
    { path: `docs/config/${definition.name}.md`, content: referencePage(definition) },
  ];
}

/** Writes generated files below a folder, making folders on the way. */
export async function writeGeneratedFiles(root: string, files: readonly GeneratedFile[]): Promise<void> {
  for (const { path, content } of files) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}
