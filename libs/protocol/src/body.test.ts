import { gzipSync, constants as zlib, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressZstd, contentEncoding, decompressBody, ProtocolError, zstdFrames } from './index.ts';

const MAX = 1024 * 1024;

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return 'decoded';
}

function skippable(bytes: number): Buffer {
  const frame = Buffer.alloc(8 + bytes, 0x28);
  frame.writeUInt32LE(0x184d2a53, 0);
  frame.writeUInt32LE(bytes, 4);
  return frame;
}

describe('body', () => {
  it('comes back from zstd at every level, negative ones too', async () => {
    const body = Buffer.from('line of a log\n'.repeat(5000));
    for (const level of [-5, -1, 1, 3, 9]) {
      const packed = await compressZstd(body, level);
      expect(packed.length).toBeLessThan(body.length / 10);
      expect(zstdFrames(packed, 1)[0]!.contentBytes).toBe(body.length);
      expect((await decompressBody(packed, 'zstd', MAX)).equals(body)).toBe(true);
    }
    expect((await decompressBody(await compressZstd(Buffer.alloc(0), 1), 'zstd', MAX)).length).toBe(0);
  });

  it('of several zstd frames or gzip members loses nothing', async () => {
    const chunk = fc.uint8Array({ maxLength: 3000 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(chunk, fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 6 }),
        async (parts) => {
          const plain = Buffer.concat(parts.map(([bytes]) => bytes));
          const frames = parts.flatMap(([bytes, checksum, gap]) => {
            const frame = zstdCompressSync(bytes, {
              params: { [zlib.ZSTD_c_checksumFlag]: checksum ? 1 : 0 },
            });
            return gap ? [skippable(bytes.length), frame] : [frame];
          });
          const zstd = Buffer.concat(frames);
          expect(zstdFrames(zstd, 100).map((frame) => frame.end - frame.start)).toEqual(
            frames.map((f) => f.length),
          );
          expect((await decompressBody(zstd, 'zstd', MAX)).equals(plain)).toBe(true);
          const gzip = Buffer.concat(parts.map(([bytes]) => gzipSync(bytes)));
          expect((await decompressBody(gzip, 'gzip', MAX)).equals(plain)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of a small zip bomb is refused in bounded memory', async () => {
    const zeros = Buffer.alloc(64 * MAX);
    const oneGzip = gzipSync(zeros);
    const oneZstd = zstdCompressSync(zeros);
    const unsized = Buffer.from(oneZstd);
    const bombs = {
      gzip: Buffer.concat(Array.from({ length: 40 }, () => oneGzip)),
      zstd: Buffer.concat(Array.from({ length: 40 }, () => unsized)),
    };
    const before = process.memoryUsage().rss;
    for (const encoding of ['gzip', 'zstd'] as const) {
      expect(await codeOf(decompressBody(bombs[encoding], encoding, MAX))).toBe('TOO_LARGE');
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MAX);
    expect(await codeOf(decompressBody(Buffer.alloc(11), 'identity', 10))).toBe('TOO_LARGE');
  });

  it('of exactly the allowed size is taken, one byte more is not', async () => {
    for (const size of [0, 1, 1000]) {
      const plain = Buffer.alloc(size, 65);
      for (const [encoding, packed] of [
        ['gzip', gzipSync(plain)],
        ['zstd', zstdCompressSync(plain)],
      ] as const) {
        expect(await codeOf(decompressBody(packed, encoding, Math.max(1, size)))).toBe('decoded');
        if (size > 1) expect(await codeOf(decompressBody(packed, encoding, size - 1))).toBe('TOO_LARGE');
      }
    }
  });

  it('decodes or is refused whatever is cut or damaged', async () => {
    const plain = Buffer.from('a line that repeats\n'.repeat(20));
    const zstd = zstdCompressSync(plain, { params: { [zlib.ZSTD_c_checksumFlag]: 1 } });
    const gzip = gzipSync(plain);
    for (const [encoding, packed] of [
      ['zstd', zstd],
      ['gzip', gzip],
    ] as const) {
      for (let length = 1; length < packed.length; length += 1) {
        expect(await codeOf(decompressBody(packed.subarray(0, length), encoding, MAX))).toBe('BAD_ENCODING');
      }
      for (let at = 0; at < packed.length; at += 1) {
        const damaged = Buffer.from(packed);
        damaged[at]! ^= 0x11;
        await codeOf(decompressBody(damaged, encoding, MAX));
      }
    }
    expect(await codeOf(decompressBody(Buffer.concat(Array(5000).fill(skippable(0))), 'zstd', MAX))).toBe(
      'TOO_MANY',
    );
  });

  it('has an encoding that is known, or is refused', () => {
    expect([undefined, '', 'identity', 'GZIP', ' zstd'].map((name) => contentEncoding(name))).toEqual([
      'identity',
      'identity',
      'identity',
      'gzip',
      'zstd',
    ]);
    for (const name of ['br', 'gzip, gzip', 'deflate'])
      expect(() => contentEncoding(name)).toThrow(ProtocolError);
  });
});
