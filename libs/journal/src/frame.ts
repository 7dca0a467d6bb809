import { crc32 } from 'node:zlib';

/**
 * Bytes of a segment file, all integers little-endian:
 *
 * segment = header copy, header copy, record*
 * header copy (32) = "SUITEJNL", u32 version, u32 salt, u64 base position, u32 reserved, u32 CRC of the 28 before
 * record = u32 magic, u32 payload length, u64 position, u32 CRC of the payload, u32 CRC of the 20 before, payload
 *
 * The header comes twice so that one damaged copy costs nothing. A record's header CRC starts from the journal's
 * random salt and covers the position: bytes inside a payload that imitate a record (a log line may hold anything)
 * are not taken for one when a damaged journal is searched for the next record.
 */
export const SEGMENT_HEADER_BYTES = 64;
export const RECORD_HEADER_BYTES = 24;
const COPY_BYTES = 32;
const SEGMENT_MAGIC = 'SUITEJNL';
const VERSION = 1;
const RECORD_MAGIC = 0x5ec04d52;
const RECORD_MAGIC_BYTES = Buffer.from([0x52, 0x4d, 0xc0, 0x5e]);

export function encodeSegmentHeader(base: number, salt: number): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
  header.write(SEGMENT_MAGIC, 0, 'latin1');
  header.writeUInt32LE(VERSION, 8);
  header.writeUInt32LE(salt, 12);
  header.writeBigUInt64LE(BigInt(base), 16);
  header.writeUInt32LE(crc32(header.subarray(0, COPY_BYTES - 4)), COPY_BYTES - 4);
  header.copy(header, COPY_BYTES, 0, COPY_BYTES);
  return header;
}

/**
 * The salt of the segment, or undefined when both copies are damaged or cut off.
 * @throws Error when the segment is whole but of a version this code does not know.
 */
export function decodeSegmentSalt(header: Buffer, base: number): number | undefined {
  for (let at = 0; at + COPY_BYTES <= header.length && at < SEGMENT_HEADER_BYTES; at += COPY_BYTES) {
    const copy = header.subarray(at, at + COPY_BYTES);
    if (copy.toString('latin1', 0, 8) !== SEGMENT_MAGIC) continue;
    if (copy.readUInt32LE(COPY_BYTES - 4) !== crc32(copy.subarray(0, COPY_BYTES - 4))) continue;
    const version = copy.readUInt32LE(8);
    if (version !== VERSION) throw new Error(`journal segment has version ${version}, expected ${VERSION}`);
    if (Number(copy.readBigUInt64LE(16)) !== base) continue;
    return copy.readUInt32LE(12);
  }
  return undefined;
}

export function payloadCrc(chunks: readonly Uint8Array[]): number {
  let crc = 0;
  for (const chunk of chunks) crc = crc32(chunk, crc);
  return crc;
}

/** Writes a record header at `at` of `target`. */
export function writeRecordHeader(
  target: Buffer,
  at: number,
  salt: number,
  position: number,
  length: number,
  crc: number,
): void {
  target.writeUInt32LE(RECORD_MAGIC, at);
  target.writeUInt32LE(length, at + 4);
  target.writeUInt32LE(position % 0x1_0000_0000, at + 8);
  target.writeUInt32LE(Math.floor(position / 0x1_0000_0000), at + 12);
  target.writeUInt32LE(crc, at + 16);
  target.writeUInt32LE(crc32(target.subarray(at, at + 20), salt), at + 20);
}

/** The payload length that a valid record header at `at` states for `position`; -1 when there is no such header. */
export function recordLength(data: Buffer, at: number, salt: number, position: number): number {
  if (at + RECORD_HEADER_BYTES > data.length || data.readUInt32LE(at) !== RECORD_MAGIC) return -1;
  if (data.readUInt32LE(at + 12) * 0x1_0000_0000 + data.readUInt32LE(at + 8) !== position) return -1;
  if (data.readUInt32LE(at + 20) !== crc32(data.subarray(at, at + 20), salt)) return -1;
  return data.readUInt32LE(at + 4);
}

/** Whether the payload behind the header at `at` is what was written. */
export function payloadIntact(data: Buffer, at: number, length: number): boolean {
  const start = at + RECORD_HEADER_BYTES;
  return data.readUInt32LE(at + 16) === crc32(data.subarray(start, start + length));
}

/** Index of the next place from `from` on where a record may begin (only the magic was looked at), or -1. */
export function nextMagic(data: Buffer, from: number): number {
  return data.indexOf(RECORD_MAGIC_BYTES, from);
}
