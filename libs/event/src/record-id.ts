import { createHash } from 'node:crypto';

/**
 * The identity of a line, from where it stands alone.
 *
 * @returns 24 hexadecimal characters: 12 of hash for the stream (48 bits), 12 of offset, exact up to 256 TiB,
 * so two lines of one stream never share an id and two of a thousand streams do with odds of 2 in a billion.
 */
export function recordId(agent: string, stream: string, offset: number): string {
  return streamHash(agent, stream).concat(offset.toString(16).padStart(12, '0'));
}

/** The part of a record's id that all lines of one stream share: 12 hexadecimal characters. */
export function streamHash(agent: string, stream: string): string {
  return createHash('sha256').update(agent).update('\0').update(stream).digest('hex').slice(0, 12);
}
