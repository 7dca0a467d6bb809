import { z } from 'zod';

/** What the loader, the error messages and the documentation need to know of a schema beyond zod's own. */
export interface Annotation {
  /** A secret: masked everywhere, and `KEY_file` / `KEY_FILE` name a file that holds it. */
  readonly secret?: boolean;
  /** What is expected, as it follows "expected": `a size such as 64MiB`. */
  readonly expected?: string;
  /** Short name of the type for the reference tables: `size`. */
  readonly typeName?: string;
  /** The parsed value as somebody would write it in the file. */
  readonly format?: (value: never) => string;
  /** Pattern of the text form for editors. */
  readonly pattern?: string;
  /** The object may also be written as one line of text. */
  readonly shorthand?: Shorthand;
}

/** A one-line form of an object: `store: influx://…`. */
export interface Shorthand {
  readonly expected: string;
  /** The object that the text stands for, not yet validated; a problem's text never repeats the input. */
  expand(text: string): { readonly value: Record<string, unknown> } | { readonly problem: string };
}

const registry = z.registry<Annotation>();

/** Attaches an annotation; clones made by `.describe()` and the like inherit it. */
export function annotate<S extends z.core.$ZodType>(schema: S, annotation: Annotation): S {
  registry.add(schema as never, annotation as never);
  return schema;
}

export function annotationOf(schema: z.core.$ZodType): Annotation | undefined {
  return registry.get(schema) as Annotation | undefined;
}
