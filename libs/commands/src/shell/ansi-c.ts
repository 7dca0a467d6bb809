const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/**
 * Decodes backslash escapes as `$'…'`, `echo -e` and printf do: `\x41`, `\101`, `\0101`, `\u0041`, `\cA`.
 * Unknown ones stay as they are. Linear.
 */
export function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  let out = '';
  let from = 0;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
    out += text.slice(from, at);
    const [decoded, length] = escapeAt(text, at);
    out += decoded;
    from = at + length;
  }
  return out + text.slice(from);
}

function escapeAt(text: string, at: number): [string, number] {
  const next = text[at + 1];
  if (next === undefined) return ['\\', 1];
  const simple = SIMPLE[next];
  if (simple !== undefined) return [simple, 2];
  if (next === 'x') return coded(text, at, 2, 2, 16);
  if (next === 'u') return coded(text, at, 2, 4, 16);
  if (next === 'U') return coded(text, at, 2, 8, 16);
  if (next >= '0' && next <= '7') return coded(text, at, 1, next === '0' ? 4 : 3, 8);
  if (next === 'c' && text[at + 2] !== undefined)
    return [String.fromCharCode(text.charCodeAt(at + 2) & 0x1f), 3];
  return [`\\${next}`, 2];
}

function coded(text: string, at: number, skip: number, most: number, radix: 8 | 16): [string, number] {
  let end = at + skip;
  let value = 0;
  while (end < at + skip + most) {
    const digit = Number.parseInt(text[end] ?? '', radix);
    if (Number.isNaN(digit)) break;
    value = value * radix + digit;
    end += 1;
  }
  if (end === at + skip) return [text.slice(at, end), end - at];
  return [value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd', end - at];
}
