/**
 * The same text in memory of its own. V8 keeps a part of a string as a pointer into the whole: a name of ten letters
 * that is remembered would hold its line of up to a mebibyte.
 */
export function ownString(text: string): string {
  const encoding = isLatin1(text) ? 'latin1' : 'utf16le';
  return Buffer.from(text, encoding).toString(encoding);
}

/** The beginning, at most `chars` of it, in memory of its own where something was cut off. */
export function boundedString(text: string, chars: number): string {
  return text.length > chars ? ownString(text.slice(0, chars)) : text;
}

function isLatin1(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return false;
  return true;
}
