/** The three ways in which bytes show in the middle of base64 text, without the characters that neighbours change. */
export function base64Offsets(bytes: Buffer): string[] {
  const START = [0, 2, 3];
  const END = [0, -3, -2];
  return [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset, ' '), bytes]).toString('base64');
    const end = END[(bytes.length + offset) % 3]!;
    return shifted.slice(START[offset], end === 0 ? undefined : end);
  });
}

export function utf16le(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('utf8'), 'utf16le');
}

export function utf16be(bytes: Buffer): Buffer {
  return utf16le(bytes).swap16();
}

/** UTF-16 with a byte order mark, as `iconv -t utf-16` writes it on Linux. */
export function utf16(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le(bytes)]);
}

const DASHES = ['-', '/', '–', '—', '―'];
/** A dash that begins an option: not inside a word, and a word follows. */
const OPTION = /(?<=^|[^\w/–—―-])[-/–—―](?=\w)/g;
const MOST_DASHES = 4;

/**
 * The text with each option's dash as `-`, `/` and the three dashes that word processors make of it.
 *
 * @returns null when there are more dashes than could be permuted.
 */
export function windash(text: string): string[] | null {
  const places = [...text.matchAll(OPTION)].map((match) => match.index);
  if (places.length > MOST_DASHES) return null;
  let variants = [text];
  for (const at of places)
    variants = variants.flatMap((variant) =>
      DASHES.map((dash) => variant.slice(0, at) + dash + variant.slice(at + 1)),
    );
  return [...new Set(variants)];
}
