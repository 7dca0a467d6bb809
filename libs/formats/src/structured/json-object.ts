/** Longest line that is read as JSON. */
const LONGEST_CHARS = 4 * 1024 * 1024;

/** Long lines past these are bombs, not logs: 500,000 brackets or 90,000 names take JSON.parse 60 ms to build. */
const DEEPEST = 1000;
const MOST_NAMES = 10_000;
const LONG_CHARS = 64 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object that a line is, blanks around it aside; null for anything else. */
export function parseObject(text: string): JsonObject | null {
  if (text.length > LONGEST_CHARS || !looksLikeObject(text)) return null;
  if (text.length > LONG_CHARS && isBomb(text)) return null;
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return null;
  }
}

function looksLikeObject(text: string): boolean {
  let from = 0;
  let to = text.length - 1;
  while (from < to && text.charCodeAt(from) <= 0x20) from += 1;
  while (to > from && text.charCodeAt(to) <= 0x20) to -= 1;
  return text.charCodeAt(from) === 0x7b && text.charCodeAt(to) === 0x7d;
}

/** One pass without building anything. */
function isBomb(text: string): boolean {
  let depth = 0;
  let names = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      i = endOfString(text, i);
    } else if (c === 0x7b || c === 0x5b) {
      if (++depth > DEEPEST) return true;
    } else if (c === 0x7d || c === 0x5d) {
      depth -= 1;
    } else if (c === 0x3a) {
      if (++names > MOST_NAMES) return true;
    }
  }
  return false;
}

function endOfString(text: string, open: number): number {
  let i = open + 1;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5c) i += 1;
    else if (c === 0x22) break;
  }
  return i;
}
