import { isUtf8 } from 'node:buffer';

const META = 0x83;
const HIGH = /[^\0-\x7f]/;
const WIDE = /[^\0-\xff]/;

/**
 * zsh "metafies" its history: a byte that it needs for itself (0, 0x83 to 0xa2) is written as 0x83 and the
 * byte with bit 5 flipped (Src/utils.c). This undoes it and decodes UTF-8.
 *
 * @param text one character per byte (`binary`). Text that was decoded as UTF-8 already has characters past
 * 0xff, or none of the bytes in question: it comes back as it is. Metafied text is never valid UTF-8, so
 * decodeLine hands it over byte by byte whichever encoding was asked for.
 */
export function unmetafy(text: string): string {
  if (!HIGH.test(text) || WIDE.test(text)) return text;
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const meta = bytes[i] === META && i + 1 < bytes.length;
    if (meta) i += 1;
    bytes[length++] = meta ? bytes[i]! ^ 0x20 : bytes[i]!;
  }
  const plain = bytes.subarray(0, length);
  return isUtf8(plain) ? plain.toString('utf8') : plain.toString('latin1');
}
