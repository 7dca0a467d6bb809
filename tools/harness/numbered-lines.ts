import { Random } from '../loggen/random.ts';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';

/** Lines of about `bytes` each that no compression makes small: `NAME 17 kJd…`. */
export function numberedLines(name: string, from: number, count: number, bytes = 200): string[] {
  const random = new Random(from + count * 31 + name.length);
  return Array.from({ length: count }, (_, index) => {
    let text = `${name} ${from + index} `;
    while (text.length < bytes) text += DIGITS[random.int(64)];
    return text;
  });
}

/** What is wrong with the lines that were stored; at most five of each. */
export function compareLines(stored: readonly string[], wanted: readonly string[]) {
  const counts = new Map<string, number>();
  for (const line of stored) counts.set(line, (counts.get(line) ?? 0) + 1);
  const missing = wanted.filter((line) => !counts.has(line));
  const twice = [...counts].filter(([, count]) => count > 1).map(([line]) => line);
  const known = new Set(wanted);
  const strange = stored.filter((line) => !known.has(line));
  const some = (lines: readonly string[]) => lines.slice(0, 5).map((line) => line.slice(0, 60));
  return { missing: some(missing), twice: some(twice), strange: some(strange) };
}

export const ALL_ONCE = { missing: [], twice: [], strange: [] };
