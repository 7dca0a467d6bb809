/**
 * Base-128 varints (protobuf encoding guide, "Base 128 Varints"), for non-negative integers up to 2^53 - 1.
 */

/** Bytes that a length field takes which is written before the length is known. Holds up to 256 MiB - 1. */
export const PADDED_VARINT_BYTES = 4;

export function varintSize(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  if (value < 0x10000000) return 4;
  let size = 4;
  for (let rest = value / 0x10000000; rest >= 1; rest /= 128) size += 1;
  return size;
}

/** @returns the position after it. */
export function writeVarint(out: Uint8Array, at: number, value: number): number {
  let pos = at;
  let rest = value;
  while (rest > 0x7fffffff) {
    out[pos++] = (rest & 0x7f) | 0x80;
    rest = Math.floor(rest / 128);
  }
  while (rest > 0x7f) {
    out[pos++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  out[pos++] = rest;
  return pos;
}

/**
 * Writes a varint in exactly four bytes, with continuation bits over leading zero groups: decoders must take it
 * (only more than ten bytes are malformed), and a length can be patched in once it is known.
 */
export function writePaddedVarint(out: Uint8Array, at: number, value: number): void {
  out[at] = (value & 0x7f) | 0x80;
  out[at + 1] = ((value >>> 7) & 0x7f) | 0x80;
  out[at + 2] = ((value >>> 14) & 0x7f) | 0x80;
  out[at + 3] = (value >>> 21) & 0x7f;
}
