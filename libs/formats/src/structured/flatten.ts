import type { JsonObject } from './json-object.ts';

export const FLATTEN_DEPTH = 8;
export const FLATTEN_KEYS = 256;
const KEY_CHARS = 256;

export type Scalar = string | number | boolean;

export interface Flat {
  readonly fields: Map<string, Scalar>;
  /** Something was left out: deeper than 8, past 256 keys, or a name longer than 256 characters. */
  readonly cut: boolean;
}

/** Nested objects and arrays as dotted names (`a.b`, `tags.0`). Null is left out. */
export function flatten(object: JsonObject): Flat {
  const fields = new Map<string, Scalar>();
  let cut = false;
  const visit = (value: unknown, name: string, depth: number): void => {
    if (fields.size >= FLATTEN_KEYS || name.length > KEY_CHARS) {
      cut = true;
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      if (!fields.has(name)) fields.set(name, value);
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= FLATTEN_DEPTH) cut = true;
      else walk(value as JsonObject, `${name}.`, depth + 1);
    }
  };
  const walk = (node: JsonObject, prefix: string, depth: number): void => {
    let visited = 0;
    for (const key in node) {
      if (++visited > FLATTEN_KEYS) {
        cut = true;
        return;
      }
      visit(node[key], prefix + key, depth);
    }
  };
  walk(object, '', 1);
  return { fields, cut };
}
