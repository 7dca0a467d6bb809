import type { z } from 'zod';
import { type Annotation, annotationOf } from './annotation.ts';
import type { KeyPath } from './key-path.ts';

export type AnySchema = z.core.$ZodType;

/** A schema without its wrappers, and what the wrappers said. */
export interface Unwrapped {
  readonly schema: AnySchema;
  readonly annotation: Annotation | undefined;
  readonly description: string | undefined;
  /** As written in a file; undefined when there is none. */
  readonly defaultValue: unknown;
  /** May be left out: it has a default or is optional. */
  readonly optional: boolean;
}

interface Def {
  readonly type: string;
  readonly innerType?: AnySchema;
  readonly in?: AnySchema;
  readonly shape?: Readonly<Record<string, AnySchema>>;
  readonly element?: AnySchema;
  readonly options?: readonly AnySchema[];
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
  readonly defaultValue?: unknown;
}

export function defOf(schema: AnySchema): Def {
  return schema._zod.def as unknown as Def;
}

/** Takes off default, optional, nullable, readonly and pipes, down to the schema that says what is written. */
export function unwrap(outer: AnySchema): Unwrapped {
  let schema = outer;
  let annotation = annotationOf(schema);
  let description = descriptionOf(schema);
  let defaultValue: unknown;
  let optional = false;
  for (;;) {
    const def = defOf(schema);
    if (def.type === 'default' || def.type === 'prefault') defaultValue ??= def.defaultValue;
    if (def.type === 'default' || def.type === 'prefault' || def.type === 'optional') optional = true;
    const inner = def.innerType ?? (def.type === 'pipe' && !annotation ? def.in : undefined);
    if (!inner) return { schema, annotation, description, defaultValue, optional };
    schema = inner;
    annotation ??= annotationOf(schema);
    description ??= descriptionOf(schema);
  }
}

/** Keys of an object schema in the order of its definition; null when it is none. */
export function shapeOf(schema: AnySchema): Readonly<Record<string, AnySchema>> | null {
  return defOf(unwrap(schema).schema).shape ?? null;
}

/** The schema of the items of a sequence; null when it is none. */
export function elementOf(schema: AnySchema): AnySchema | null {
  const def = defOf(unwrap(schema).schema);
  return def.type === 'array' ? (def.element ?? null) : null;
}

/** The schema that governs a path; null when the path leads out of the schema. */
export function schemaAt(root: AnySchema, path: KeyPath): AnySchema | null {
  let schema: AnySchema | null = root;
  for (const part of path) {
    if (!schema) return null;
    const shape: Readonly<Record<string, AnySchema>> | null = shapeOf(schema);
    if (typeof part === 'number') schema = elementOf(schema);
    else schema = shape && Object.hasOwn(shape, part) ? shape[part]! : null;
  }
  return schema;
}

export interface Leaf {
  readonly path: readonly string[];
  readonly schema: AnySchema;
}

/** Everything below an object schema that is not an object itself, plus objects that have a one-line form. */
export function listLeaves(schema: AnySchema, path: readonly string[] = []): Leaf[] {
  const shape = shapeOf(schema);
  if (!shape) return [{ path, schema }];
  const below = Object.entries(shape).flatMap(([key, child]) => listLeaves(child, [...path, key]));
  return unwrap(schema).annotation?.shorthand ? [{ path, schema }, ...below] : below;
}

/** Whether a secret stands at or below a schema. */
export function holdsSecret(schema: AnySchema): boolean {
  if (unwrap(schema).annotation?.secret) return true;
  const element = elementOf(schema);
  if (element) return holdsSecret(element);
  return Object.values(shapeOf(schema) ?? {}).some(holdsSecret);
}

function descriptionOf(schema: AnySchema): string | undefined {
  return (schema as { readonly description?: string }).description;
}
