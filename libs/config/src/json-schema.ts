import { z } from 'zod';
import { annotationOf } from './annotation.ts';
import type { ConfigDefinition } from './define.ts';
import { holdsSecret, shapeOf, unwrap } from './schema-walk.ts';
import { FILE_SUFFIX } from './secret.ts';

type JsonObject = Record<string, unknown>;

/** The JSON Schema (draft 2020-12) of what may be written in the file, for editors. */
export function jsonSchema(definition: ConfigDefinition): JsonObject {
  const schema = z.toJSONSchema(definition.schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: target }) => annotateJson(zodSchema, target as JsonObject),
  });
  return { ...schema, title: definition.title };
}

function annotateJson(schema: z.core.$ZodType, target: JsonObject): void {
  const annotation = annotationOf(schema);
  if (annotation?.pattern) {
    for (const option of (target.anyOf as JsonObject[] | undefined) ?? [target]) {
      if (option.type === 'string') option.pattern = annotation.pattern;
    }
  }
  if (schema._zod.def.type !== 'object') return;
  addSecretFiles(schema, target);
  if (!annotation?.shorthand) return;
  const object = { ...target };
  for (const key of Object.keys(target)) if (key !== 'description' && key !== 'default') delete target[key];
  delete object.description;
  target.anyOf = [{ type: 'string', description: annotation.shorthand.expected }, object];
}

/** Beside every secret its `KEY_file`; a secret that must be there may come in either form. */
function addSecretFiles(schema: z.core.$ZodType, target: JsonObject): void {
  const properties = target.properties as JsonObject | undefined;
  if (!properties || !holdsSecret(schema)) return;
  const required = (target.required as string[] | undefined) ?? [];
  const withFiles: JsonObject = {};
  for (const [key, child] of Object.entries(shapeOf(schema) ?? {})) {
    withFiles[key] = properties[key];
    if (!unwrap(child).annotation?.secret) continue;
    withFiles[key + FILE_SUFFIX] = { type: 'string', description: `Path of a file that holds ${key}.` };
    if (required.includes(key)) {
      required.splice(required.indexOf(key), 1);
      const either = [{ required: [key] }, { required: [key + FILE_SUFFIX] }];
      target.allOf = [...((target.allOf as unknown[] | undefined) ?? []), { oneOf: either }];
    }
  }
  target.properties = withFiles;
  if (required.length === 0) delete target.required;
}
