import { SENSITIVE_PATHS, WELL_KNOWN_PROGRAMS } from './well-known.ts';

/** Whether the text matches a shell pattern of `*`, `?` and `[…]`. Linear in text times pattern, no back-tracking blow-up. */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const width = p < pattern.length ? matchOne(pattern, p, text[t]!) : 0;
    if (pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (width > 0) {
      p += width;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** @returns the length of the pattern's element that takes the character, or 0. */
function matchOne(pattern: string, at: number, char: string): number {
  const element = pattern[at]!;
  if (element === '?') return char === '/' ? 0 : 1;
  if (element !== '[') return element === char ? 1 : 0;
  const end = pattern.indexOf(']', at + 2);
  if (end < 0) return char === '[' ? 1 : 0;
  const negated = pattern[at + 1] === '!' || pattern[at + 1] === '^';
  const set = pattern.slice(at + (negated ? 2 : 1), end);
  let inside = false;
  for (let i = 0; i < set.length; i++) {
    if (set[i + 1] === '-' && set[i + 2] !== undefined) {
      inside ||= char >= set[i]! && char <= set[i + 2]!;
      i += 2;
    } else inside ||= set[i] === char;
  }
  return inside !== negated ? end - at + 1 : 0;
}

const GLOB = /[*?[]/;

export function hasGlob(text: string): boolean {
  return GLOB.test(text);
}

/** The well-known program that a name with wildcards stands for: `/bi?/ca?` is `cat`. */
export function resolveProgram(pattern: string): string | null {
  const slash = pattern.lastIndexOf('/');
  const base = pattern.slice(slash + 1);
  if (slash < 0 || base.replace(/[*?]/g, '').length === 0 || base.length > 64) return null;
  for (const name of WELL_KNOWN_PROGRAMS) if (matchesGlob(base, name)) return name;
  return null;
}

/** The sensitive file that a path with wildcards stands for: `/e?c/pass*` is `/etc/passwd`. */
export function resolvePath(pattern: string): string | null {
  if (pattern.length > 128 || !pattern.startsWith('/')) return null;
  for (const path of SENSITIVE_PATHS) if (matchesGlob(pattern, path)) return path;
  return null;
}
