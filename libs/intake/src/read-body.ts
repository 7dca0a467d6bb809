import type { Readable } from 'node:stream';
import { releaseBuffer } from '@suite/journal';
import type { ByteBudget } from './byte-budget.ts';
import { Refusal } from './refusal.ts';

/**
 * Reads a request's body within `maxBytes`, taking its bytes from the budget as they come. The caller gives
 * `body.length` back when it is done with it; on refusal everything is given back already. The body's memory is its
 * own, and may be released.
 */
export function readBody(payload: Readable, maxBytes: number, budget: ByteBudget): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let taken = 0;
    let settled = false;
    const refuse = (refusal: Refusal) => {
      if (settled) return;
      settled = true;
      chunks.length = 0;
      budget.give(taken);
      // What still comes is read and thrown away, so that the sender gets to read the answer.
      payload.removeListener('data', onData);
      payload.resume();
      reject(refusal);
    };
    const onData = (chunk: Buffer) => {
      if (taken + chunk.length > maxBytes) {
        refuse(new Refusal('too_large', `body is larger than ${maxBytes} bytes`));
      } else if (!budget.take(chunk.length)) {
        refuse(new Refusal('busy', 'too many bytes under way, try again'));
      } else {
        taken += chunk.length;
        chunks.push(chunk);
      }
    };
    payload.on('data', onData);
    payload.on('end', () => {
      if (settled) return;
      settled = true;
      resolve(joined(chunks, taken));
    });
    payload.on('error', () => refuse(new Refusal('aborted', 'body was cut off')));
    payload.on('close', () => refuse(new Refusal('aborted', 'body was cut off')));
  });
}

function joined(chunks: readonly Buffer[], bytes: number): Buffer {
  if (chunks.length === 1 && isAlone(chunks[0]!)) return chunks[0]!;
  const body = Buffer.concat(chunks, bytes);
  for (const chunk of chunks) if (isAlone(chunk)) releaseBuffer(chunk);
  return body;
}

/** Nothing else, such as the next request, is in the same memory. */
function isAlone(chunk: Buffer): boolean {
  return chunk.length === chunk.buffer.byteLength;
}
