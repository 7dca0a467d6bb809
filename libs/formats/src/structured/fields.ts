import type { Scalar } from './flatten.ts';

/** A record's own names, nested ones joined by dots (flatten.ts). */
export type Fields = ReadonlyMap<string, Scalar>;

/** What one program's records mean; its names of fields are its own, so no value can pose as another. */
export type Program = (fields: Fields, event: import('@suite/event').Event) => boolean;

/** Empty where the field is missing or no text. */
export function textOf(fields: Fields, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

/** Undefined where the field is missing or no number; digits in quotes are one. */
export function numberOf(fields: Fields, name: string): number | undefined {
  const value = fields.get(name);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
