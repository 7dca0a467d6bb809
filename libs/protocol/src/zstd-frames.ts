import { ProtocolError } from './port.ts';

/** One frame of a zstd body (RFC 8878, section 3). */
export interface ZstdFrame {
  readonly kind: 'data' | 'skippable';
  readonly start: number;
  readonly end: number;
  /** Decoded size where the header tells it. */
  readonly contentBytes: number | null;
  /** Memory that decoding needs besides the output. */
  readonly windowBytes: number;
}

const DATA_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const;

/**
 * The frame that begins at `start`, its end found by walking over its block headers, without decoding.
 *
 * Node 24's own decompressor stops silently after the first of several small frames, so frames are told apart
 * here and decoded one by one.
 * @throws ProtocolError BAD_ENCODING when it is no whole frame.
 */
export function zstdFrameAt(body: Buffer, start: number): ZstdFrame {
  const end = body.length;
  if (start + 5 > end) throw broken('frame header is cut off', start);
  const magic = body.readUInt32LE(start);
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
    if (start + 8 > end) throw broken('skippable frame is cut off', start);
    const stop = start + 8 + body.readUInt32LE(start + 4);
    if (stop > end) throw broken('skippable frame is cut off', start);
    return { kind: 'skippable', start, end: stop, contentBytes: 0, windowBytes: 0 };
  }
  if (magic !== DATA_MAGIC) throw broken('no zstd frame', start);

  const descriptor = body[start + 4]!;
  if ((descriptor & 0x08) !== 0) throw broken('reserved bit is set', start);
  const singleSegment = (descriptor & 0x20) !== 0;
  const hasChecksum = (descriptor & 0x04) !== 0;
  const sizeFlag = descriptor >>> 6;
  const sizeBytes = sizeFlag === 0 ? (singleSegment ? 1 : 0) : 1 << sizeFlag;
  const dictionaryBytes = DICTIONARY_ID_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3];
  if (dictionaryBytes !== 0) throw broken('frame wants a dictionary', start);
  const windowAt = start + 5;
  const sizeAt = windowAt + (singleSegment ? 0 : 1);
  let at = sizeAt + sizeBytes;
  if (at > end) throw broken('frame header is cut off', start);
  const contentBytes = sizeBytes === 0 ? null : readContentSize(body, sizeAt, sizeBytes);
  const windowBytes = singleSegment ? (contentBytes ?? 0) : windowSize(body[windowAt]!);

  for (let last = false; !last; ) {
    if (at + 3 > end) throw broken('block header is cut off', at);
    const header = body.readUIntLE(at, 3);
    last = (header & 1) === 1;
    const type = (header >>> 1) & 3;
    const size = header >>> 3;
    if (type === 3) throw broken('reserved block type', at);
    at += 3 + (type === 1 ? 1 : size);
    if (at > end) throw broken('block is cut off', at);
  }
  if (hasChecksum) at += 4;
  if (at > end) throw broken('checksum is cut off', at);
  return { kind: 'data', start, end: at, contentBytes, windowBytes };
}

/** All frames of a body, in order. @throws ProtocolError BAD_ENCODING, or TOO_MANY past `maxFrames`. */
export function zstdFrames(body: Buffer, maxFrames: number): ZstdFrame[] {
  const frames: ZstdFrame[] = [];
  for (let at = 0; at < body.length; ) {
    if (frames.length >= maxFrames) throw new ProtocolError('TOO_MANY', `more than ${maxFrames} zstd frames`);
    const frame = zstdFrameAt(body, at);
    frames.push(frame);
    at = frame.end;
  }
  return frames;
}

function readContentSize(body: Buffer, at: number, bytes: number): number {
  if (bytes === 1) return body[at]!;
  if (bytes === 2) return body.readUInt16LE(at) + 256;
  if (bytes === 4) return body.readUInt32LE(at);
  return Number(body.readBigUInt64LE(at));
}

/** Section 3.1.1.1.2: exponent in the upper five bits, eighths in the lower three. */
function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3));
  return base + (base / 8) * (descriptor & 7);
}

function broken(what: string, at: number): ProtocolError {
  return new ProtocolError('BAD_ENCODING', `zstd: ${what} at byte ${at}`);
}
