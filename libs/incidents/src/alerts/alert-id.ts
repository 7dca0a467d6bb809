import { createHash } from 'node:crypto';

/** Stable: the same parts make the same id. @returns 20 hexadecimal characters. */
export function alertId(...parts: readonly string[]): string {
  return createHash('sha256')
    .update(`alert\0${parts.join('\0')}`)
    .digest('hex')
    .slice(0, 20);
}
