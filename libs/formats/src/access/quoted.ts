/** Index of the quote that closes the string opened at `open`, skipping backslash escapes; -1 if there is none. */
export function closingQuote(text: string, open: number): number {
  let at = open + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return -1;
    let slashes = 0;
    for (let i = quote - 1; i >= at && text.charCodeAt(i) === 0x5c; i--) slashes += 1;
    if (slashes % 2 === 0) return quote;
    at = quote + 1;
  }
}

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|(.))/gs;
const NAMED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', v: '\v', f: '\f' };

/**
 * Undoes the escapes of nginx (`\x22`) and Apache (`\"`, `\\`, `\n`, `\xe2`). Bytes that are valid UTF-8
 * together become characters; others stay latin1.
 */
export function unescapeQuoted(text: string): string {
  if (!text.includes('\\')) return text;
  let bytes = false;
  const plain = text.replace(ESCAPE, (_, hex: string | undefined, char: string) => {
    if (hex === undefined) return NAMED[char] ?? char;
    const code = Number.parseInt(hex, 16);
    bytes ||= code > 0x7f;
    return String.fromCharCode(code);
  });
  return bytes ? plain.replace(/[\x80-\xff]{2,}/g, asUtf8) : plain;
}

function asUtf8(latin1: string): string {
  const decoded = Buffer.from(latin1, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? latin1 : decoded;
}
