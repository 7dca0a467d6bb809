/**
 * The same text in memory of its own. V8 keeps a part of a string as a pointer into the whole: a name of ten letters
 * that is remembered would hold its line of up to a mebibyte.
 */
export function ownString(text: string): string {
  if (text.length < SLICED_FROM) return text;
  if (text === latest) return latest;
  const encoding = isLatin1(text) ? 'latin1' : 'utf16le';
  latest = Buffer.from(text, encoding).toString(encoding);
  return latest;
}

/** Shorter parts are copies always. */
const SLICED_FROM = 13;

/** The last one made: several detectors remember the same address of the same line. */
let latest = '';

/** The beginning, at most `chars` of it, in memory of its own where something was cut off. */
export function boundedString(text: string, chars: number): string {
  return text.length > chars ? ownString(text.slice(0, chars)) : text;
}

function isLatin1(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return false;
  return true;
}
