import { z } from 'zod';
import { annotate } from './annotation.ts';

const BINARY = [
  ['TiB', 1024 ** 4],
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
] as const;

/** Units by lower-case name. A bare letter is binary, as in systemd and Docker. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['tb', 1e12],
  ...BINARY.flatMap(([unit, bytes]): [string, number][] => [
    [unit.toLowerCase(), bytes],
    [unit[0]!.toLowerCase(), bytes],
  ]),
]);

const PATTERN = /^(\d{1,16}(?:\.\d{1,6})?) ?([kmgt]?i?b?)$/i;

/** `64MiB`, `1.5 GB`, `512K`, `1048576` in bytes, rounded to a whole one; null when it is none. */
export function parseByteSize(text: string): number | null {
  const match = PATTERN.exec(text.trim());
  const unit = match && UNITS.get(match[2]!.toLowerCase());
  if (!unit) return null;
  const sizeBytes = Math.round(Number(match[1]) * unit);
  return Number.isSafeInteger(sizeBytes) ? sizeBytes : null;
}

/** The shortest exact text in binary units: 67108864 is `64MiB`, 1000 is `1000B`. */
export function formatByteSize(sizeBytes: number): string {
  const unit = sizeBytes > 0 ? BINARY.find(([, bytes]) => sizeBytes % bytes === 0) : undefined;
  return unit ? `${sizeBytes / unit[1]}${unit[0]}` : `${sizeBytes}B`;
}

/** A number of bytes within the bounds, inclusive; written as text with a unit, or as a whole number. */
export function byteSize(bounds: { readonly minBytes?: number; readonly maxBytes?: number } = {}) {
  const { minBytes = 0, maxBytes = Number.MAX_SAFE_INTEGER } = bounds;
  const range = [
    bounds.minBytes === undefined ? '' : `, at least ${formatByteSize(minBytes)}`,
    bounds.maxBytes === undefined ? '' : `, at most ${formatByteSize(maxBytes)}`,
  ].join('');
  const expected = `a size such as 64MiB${range}`;
  const schema = z.union([z.string(), z.number()]).transform((value, context) => {
    const sizeBytes = parseByteSize(String(value));
    if (sizeBytes !== null && sizeBytes >= minBytes && sizeBytes <= maxBytes) return sizeBytes;
    context.issues.push({ code: 'custom', input: value, message: `expected ${expected}` });
    return z.NEVER;
  });
  return annotate(schema, {
    typeName: 'size',
    expected,
    format: formatByteSize,
    pattern: '^[0-9]+(\\.[0-9]+)? ?[kKmMgGtT]?[iI]?[bB]?$',
  });
}
