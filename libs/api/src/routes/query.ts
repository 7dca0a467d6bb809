import { z } from 'zod';
import { usFromIso } from '../iso-time.ts';

const term = z.string().min(1).max(512).optional();

const time = z
  .string()
  .max(40)
  .refine((text) => usFromIso(text) !== null, 'must be ISO 8601 with a zone, such as 2026-11-20T06:25:43Z')
  .optional();

/** Parameters that several routes share; all bounded. */
export const QUERY = {
  term,
  time,
  cursor: z.string().min(1).max(512).optional(),
  limit: (fallback: number) => z.coerce.number().int().min(1).max(1000).default(fallback),
};

/** From and to as the store takes them. */
export function timeRange(query: { from?: string | undefined; to?: string | undefined }): {
  fromUs?: number;
  toUs?: number;
} {
  const fromUs = query.from === undefined ? null : usFromIso(query.from);
  const toUs = query.to === undefined ? null : usFromIso(query.to);
  return { ...(fromUs === null ? {} : { fromUs }), ...(toUs === null ? {} : { toUs }) };
}

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the keys that have no value. */
export function given<T extends object>(query: T): Given<T> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as Given<T>;
}
