import { constants, createZstdCompress, gunzip, zstdDecompress } from 'node:zlib';
import { type ContentEncoding, ProtocolError } from './port.ts';
import { zstdFrames } from './zstd-frames.ts';

/** RFC 9659: what a receiver of zstd over HTTP must support, and may refuse more than. */
const MAX_WINDOW_BYTES = 8 * 1024 * 1024;
const MAX_FRAMES = 4096;
const CHUNK_BYTES = 256 * 1024;

/**
 * The encoding that a Content-Encoding header names; absent means identity.
 * @throws ProtocolError BAD_ENCODING for any other, and for several.
 */
export function contentEncoding(header: string | undefined): ContentEncoding {
  const name = header?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return 'identity';
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  if (name === 'zstd') return 'zstd';
  throw new ProtocolError('BAD_ENCODING', 'Content-Encoding must be identity, gzip or zstd');
}

/**
 * Decodes a body, in the thread pool: all gzip members, all zstd frames. Memory stays within `maxBytes` and one
 * window whatever the body pretends to be.
 * @throws ProtocolError TOO_LARGE past `maxBytes`, BAD_ENCODING for broken or cut-off content.
 */
export async function decompressBody(
  body: Buffer,
  encoding: ContentEncoding,
  maxBytes: number,
): Promise<Buffer> {
  switch (encoding) {
    case 'identity':
      if (body.length > maxBytes) throw tooLarge(maxBytes);
      return body;
    case 'gzip':
      return inflate(body, maxBytes);
    case 'zstd':
      return decodeZstd(body, maxBytes);
  }
}

/** One zstd frame, in memory of its own. @param level 1 to 22, or negative for faster than 1. */
export function compressZstd(body: Buffer, level: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const stream = createZstdCompress({
      params: { [constants.ZSTD_c_compressionLevel]: level },
      // Tells the decoder the size, so that it can refuse or allocate before it decodes.
      pledgedSrcSize: body.length,
      // Both together make zstd read from the body and write to the result, without its own buffers between: the frame
      // ends with the write, where zstdCompress hands over the body first and ends the frame after it (Node 24.21);
      // and there is room for the worst case (ZSTD_compressBound). What is not written to takes no memory.
      flush: constants.ZSTD_e_end,
      chunkSize: body.length + (body.length >> 8) + 1024,
    });
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('error', reject);
    // Never ended: that would add an empty frame.
    stream.write(body, () => {
      resolve(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
      stream.destroy();
    });
  });
}

function inflate(body: Buffer, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gunzip(body, { maxOutputLength: maxBytes, chunkSize: CHUNK_BYTES }, (error, result) =>
      error ? reject(refusal('gzip', error, maxBytes)) : resolve(result),
    );
  });
}

async function decodeZstd(body: Buffer, maxBytes: number): Promise<Buffer> {
  const frames = zstdFrames(body, MAX_FRAMES).filter((frame) => frame.kind === 'data');
  let declared = 0;
  for (const frame of frames) {
    declared += frame.contentBytes ?? 0;
    if (declared > maxBytes) throw tooLarge(maxBytes);
    if (frame.contentBytes === null && frame.windowBytes > MAX_WINDOW_BYTES) {
      throw new ProtocolError('BAD_ENCODING', `zstd: window larger than ${MAX_WINDOW_BYTES} bytes`);
    }
  }
  const parts: Buffer[] = [];
  let room = maxBytes;
  for (const frame of frames) {
    const part = await decodeFrame(body.subarray(frame.start, frame.end), frame.contentBytes, room, maxBytes);
    room -= part.length;
    parts.push(part);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

function decodeFrame(
  frame: Buffer,
  contentBytes: number | null,
  room: number,
  maxBytes: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One byte of room at least, so that a frame too many is told from an empty one.
    const options = {
      maxOutputLength: Math.max(1, room),
      // A chunk that is filled to the brim makes zlib allocate another of the same size.
      chunkSize: 64 + Math.min(contentBytes ?? CHUNK_BYTES, 8 * 1024 * 1024),
    };
    zstdDecompress(frame, options, (error, result) => {
      if (error) reject(refusal('zstd', error, maxBytes));
      else if (result.length > room) reject(tooLarge(maxBytes));
      else if (contentBytes !== null && result.length !== contentBytes) {
        reject(new ProtocolError('BAD_ENCODING', 'zstd: frame is not as long as its header says'));
      } else resolve(result);
    });
  });
}

function refusal(what: string, error: Error, maxBytes: number): ProtocolError {
  if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(maxBytes);
  return new ProtocolError('BAD_ENCODING', `${what} content is broken`, { cause: error });
}

function tooLarge(maxBytes: number): ProtocolError {
  return new ProtocolError('TOO_LARGE', `body decodes to more than ${maxBytes} bytes`);
}
