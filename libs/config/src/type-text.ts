import type { z } from 'zod';
import { type AnySchema, defOf, unwrap } from './schema-walk.ts';

/** What a schema expects, as it follows the word "expected": `true or false`, `one of sqlite, influx`. */
export function expectedText(outer: AnySchema): string {
  const { schema, annotation } = unwrap(outer);
  if (annotation?.shorthand) return `a mapping, or ${annotation.shorthand.expected}`;
  if (annotation?.expected) return annotation.expected;
  const def = defOf(schema);
  switch (def.type) {
    case 'boolean':
      return 'true or false';
    case 'number':
      return numberText(schema);
    case 'string':
      return 'a text';
    case 'object':
    case 'record':
      return 'a mapping (key: value)';
    case 'array':
      return `a list of ${expectedText(def.element!).replace(/^an? /, '')}`;
    case 'union':
      return def.options!.map(expectedText).join(', or ');
    case 'enum':
    case 'literal':
      return choiceText(schema);
    default:
      return `a value of type ${def.type}`;
  }
}

/** The values of a choice, or null when the schema is none. */
export function choicesOf(outer: AnySchema): readonly string[] | null {
  const def = defOf(unwrap(outer).schema);
  if (def.type === 'enum') return Object.values(def.entries!).map(String);
  if (def.type === 'literal') return def.values!.map(String);
  return null;
}

/** Short name of a type for a reference table: `size`, `list of text`, `sqlite \| influx`. */
export function typeName(outer: AnySchema): string {
  const { schema, annotation } = unwrap(outer);
  if (annotation?.typeName) return annotation.typeName;
  const def = defOf(schema);
  switch (def.type) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'object':
      return 'mapping';
    case 'array':
      return `list of ${typeName(def.element!)}`;
    case 'union':
      return def.options!.map(typeName).join(' \\| ');
    case 'boolean':
      return 'true \\| false';
    default:
      return choicesOf(schema)?.join(' \\| ') ?? def.type;
  }
}

function choiceText(schema: AnySchema): string {
  const choices = choicesOf(schema)!;
  return choices.length === 1 ? choices[0]! : `one of ${choices.join(', ')}`;
}

function numberText(schema: AnySchema): string {
  const { minValue, maxValue, format } = schema as z.ZodNumber;
  const noun = format?.includes('int') ? 'a whole number' : 'a number';
  const low = minValue !== null && minValue > Number.MIN_SAFE_INTEGER ? minValue : undefined;
  const high = maxValue !== null && maxValue < Number.MAX_SAFE_INTEGER ? maxValue : undefined;
  if (low !== undefined && high !== undefined) return `${noun} from ${low} to ${high}`;
  if (low !== undefined) return `${noun} of at least ${low}`;
  return high === undefined ? noun : `${noun} of at most ${high}`;
}
