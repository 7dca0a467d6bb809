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

const UTF8 = /(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+/g;
const DECODED_CHARS = 64 * 1024;

const NAMED: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, b: 8, v: 11, f: 12 };

/**
 * Undoes the escapes of nginx (`\x22`) and Apache (`\"`, `\\`, `\n`, `\xe2`). Bytes that are valid UTF-8
 * together become characters (up to 64 Ki of text, longer than any server takes); others stay latin1.
 */
export function unescapeQuoted(text: string): string {
  if (!text.includes('\\')) return text;
  const units = Buffer.allocUnsafe(text.length * 2);
  let length = 0;
  let bytes = false;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code === 0x5c && i + 1 < text.length) {
      const hex = text.charCodeAt(i + 1) === 0x78 ? hexPair(text, i + 2) : -1;
      i += hex >= 0 ? 3 : 1;
      code = hex >= 0 ? hex : (NAMED[text[i]!] ?? text.charCodeAt(i));
      bytes ||= hex > 0x7f;
    }
    length = units.writeUInt16LE(code, length);
  }
  const plain = units.toString('utf16le', 0, length);
  return bytes && plain.length <= DECODED_CHARS ? plain.replace(UTF8, asUtf8) : plain;
}

function hexPair(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function asUtf8(latin1: string): string {
  const decoded = Buffer.from(latin1, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? latin1 : decoded;
}
