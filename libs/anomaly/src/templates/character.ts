/** What a character is to the scanner. Values are bits, so that a chunk's classes can be or-ed. */
export const LETTER = 1;
export const DIGIT = 2;
export const DASH = 4;
export const DOT = 8;
export const COLON = 16;
export const SLASH = 32;
export const AT = 64;
export const BACKSLASH = 128;
/** Ends a chunk and counts as structure. */
export const DELIMITER = 256;
/** Ends a chunk and counts as nothing. */
export const SPACE = 512;
/** `%`, `+`, `~`: part of a chunk, neither letter nor digit. */
export const SIGN = 1024;

/** Class of each ASCII code; all beyond are letters. */
export const CLASSES: Uint16Array = makeClasses();

export function classOf(code: number): number {
  return code < 128 ? CLASSES[code]! : LETTER;
}

function makeClasses(): Uint16Array {
  const classes = new Uint16Array(128).fill(DELIMITER);
  for (let code = 0; code <= 32; code++) classes[code] = SPACE;
  classes[127] = SPACE;
  const put = (characters: string, value: number) => {
    for (const character of characters) classes[character.charCodeAt(0)] = value;
  };
  put('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', LETTER);
  put('0123456789', DIGIT);
  put('-', DASH);
  put('.', DOT);
  put(':', COLON);
  put('/', SLASH);
  put('@', AT);
  put('\\', BACKSLASH);
  put('%+~', SIGN);
  return classes;
}
