import { createHash } from 'node:crypto';
import type { Detection } from '@suite/event';

/**
 * An incident's id, from the detection that it begins with: a replay makes the same one. The version is in it because
 * a detection that goes on after its incident was closed begins another one.
 *
 * @returns 20 hexadecimal characters (80 bits).
 */
export function incidentId(first: Pick<Detection, 'id' | 'version'>, also = ''): string {
  return createHash('sha256')
    .update(`incident\0${first.id}\0${first.version}\0${also}`)
    .digest('hex')
    .slice(0, 20);
}
