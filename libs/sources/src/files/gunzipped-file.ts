import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { OpenedFile } from './opened-file.ts';

/**
 * A gzip file (all members), unpacked while it is read. Positions only grow, except within the bytes still
 * held: those from the last position read at, so an unfinished line can be read again with what follows it.
 * `read` rejects on damaged data (code `Z_DATA_ERROR`, `Z_BUF_ERROR`).
 */
export function openGunzipped(path: string): OpenedFile {
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  let failure: unknown = null;
  const pumping = pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), unpacked).catch((error) => {
    failure = error;
  });
  const chunks = unpacked[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let heldFrom = 0;
  let heldBytes = 0;
  let ended = false;

  async function fill(to: number): Promise<void> {
    while (!ended && heldFrom + heldBytes < to) {
      const next = await chunks.next();
      if (failure !== null) throw failure;
      if (next.done) ended = true;
      else {
        held.push(next.value as Buffer);
        heldBytes += (next.value as Buffer).length;
      }
      dropBefore(Math.min(wanted, heldFrom + heldBytes));
    }
  }

  let wanted = 0;
  function dropBefore(position: number): void {
    while (held.length > 0 && heldFrom + held[0]!.length <= position) {
      heldFrom += held[0]!.length;
      heldBytes -= held[0]!.length;
      held.shift();
    }
  }

  return {
    async read(buffer, at, length, position) {
      if (position < heldFrom) throw new RangeError('a gzip stream is read forwards');
      wanted = position;
      await fill(position + length);
      let from = position;
      let put = 0;
      let start = heldFrom;
      for (const chunk of held) {
        const stop = start + chunk.length;
        if (stop > from && put < length) {
          const copied = chunk.copy(
            buffer,
            at + put,
            from - start,
            Math.min(chunk.length, from - start + length - put),
          );
          put += copied;
          from += copied;
        }
        start = stop;
      }
      return put;
    },
    async stat() {
      return null;
    },
    async close() {
      held = [];
      unpacked.destroy();
      await pumping;
    },
  };
}
