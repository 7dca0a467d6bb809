import { createHash } from 'node:crypto';

/**
 * One incarnation of a file: what is kept in `resume`, enough to find it again under another name, as a copy
 * or compressed, and to tell it from another file that got its name or inode.
 */
export interface FileRecord {
  readonly v: 1;
  /** Path as configured or found at first sight: `log.file.path` of its lines. */
  readonly path: string;
  /** Where it was last seen, symlinks resolved. */
  readonly real: string;
  readonly dev: string;
  readonly ino: string;
  /** Birth time in ns, `0` where the file system has none. */
  readonly birthNs: string;
  /** Hash of the first `headLength` bytes: the growing fingerprint. */
  readonly headLength: number;
  readonly head: string;
  /** Hash of the `tailLength` bytes before `offset`: tells files with the same header apart. */
  readonly tailLength: number;
  readonly tail: string;
  /** Everything before it has been taken by the sink. */
  readonly offset: number;
  /** Largest size seen. */
  readonly size: number;
  readonly stream: string;
  /** Order of first sight within the source: predecessors of one path are read first. */
  readonly order: number;
  /** A later incarnation at its path is known: files rotated away after it have been taken up already. */
  readonly superseded?: boolean;
  /** Set inside a line that was cut for its length: bytes dropped of it so far. */
  readonly skipped?: number;
}

/** Bytes that the fingerprint grows to. */
export const HEAD_BYTES = 1_024;
export const TAIL_BYTES = 64;

/** Hash of a fingerprint: 128 bits of SHA-256, hexadecimal. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

export function inodeKey(file: { readonly dev: bigint | string; readonly ino: bigint | string }): string {
  return `${file.dev}:${file.ino}`;
}

/** Reads a record back from a resume state; null for anything else, also for other versions. */
export function parseFileRecord(value: unknown): FileRecord | null {
  if (typeof value !== 'object' || value === null) return null;
  const record = value as Record<string, unknown>;
  const texts = ['path', 'real', 'dev', 'ino', 'birthNs', 'head', 'tail', 'stream'];
  const numbers = ['headLength', 'tailLength', 'offset', 'size', 'order'];
  if (record.v !== 1) return null;
  if (!texts.every((name) => typeof record[name] === 'string')) return null;
  if (!numbers.every((name) => Number.isSafeInteger(record[name]) && (record[name] as number) >= 0))
    return null;
  if (record.skipped !== undefined && !Number.isSafeInteger(record.skipped)) return null;
  return record as unknown as FileRecord;
}
