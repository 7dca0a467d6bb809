import { z } from 'zod';
import { annotate } from './annotation.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;
const WEEK_MS = 604_800_000;
const PART = /(\d{1,12}(?:\.\d{1,6})?)(ms|[wdhms])/gy;

/** `10m`, `1h30m`, `250ms`, `2w`, `0` in milliseconds, rounded to a whole one; null when it is none. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  PART.lastIndex = 0;
  let durationMs = 0;
  let end = 0;
  while (end < trimmed.length) {
    const match = PART.exec(trimmed);
    if (!match) return null;
    durationMs += Number(match[1]) * unitMs(match[2]!);
    end = PART.lastIndex;
  }
  const rounded = Math.round(durationMs);
  return end > 0 && Number.isSafeInteger(rounded) ? rounded : null;
}

/** The exact text, largest unit first: 5400000 is `1h30m`. */
export function formatDuration(durationMs: number): string {
  let rest = durationMs;
  let text = '';
  for (const [unit, ms] of UNITS) {
    const count = Math.floor(rest / ms);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * ms;
  }
  return text || '0';
}

/** A number of milliseconds within the bounds, inclusive; always written with a unit (`0` needs none). */
export function duration(bounds: { readonly minMs?: number; readonly maxMs?: number } = {}) {
  const { minMs = 0, maxMs = Number.MAX_SAFE_INTEGER } = bounds;
  const range = [
    bounds.minMs === undefined ? '' : `, at least ${formatDuration(minMs)}`,
    bounds.maxMs === undefined ? '' : `, at most ${formatDuration(maxMs)}`,
  ].join('');
  const expected = `a duration such as 30s, 10m or 1h30m${range}`;
  const schema = z.union([z.string(), z.number()]).transform((value, context) => {
    const durationMs = parseDuration(String(value));
    if (durationMs !== null && durationMs >= minMs && durationMs <= maxMs) return durationMs;
    context.issues.push({ code: 'custom', input: value, message: `expected ${expected}` });
    return z.NEVER;
  });
  return annotate(schema, {
    typeName: 'duration',
    expected,
    format: formatDuration,
    pattern: '^(0|([0-9]+(\\.[0-9]+)?(ms|[wdhms]))+)$',
  });
}

function unitMs(unit: string): number {
  return unit === 'w' ? WEEK_MS : UNITS.find(([name]) => name === unit)![1];
}
