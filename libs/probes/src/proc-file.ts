import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a probe looks; a fixture tree in tests, `/host/proc` in a container. */
export interface ProbeRoots {
  /** Default `/proc`. */
  readonly procRoot: string;
  /** Default `/sys`. */
  readonly sysRoot: string;
  /** Prefix of mount points, e.g. `/host` in a container. Default `/`. */
  readonly fsRoot: string;
}

/** Reads a file of /proc or /sys. Rejects with its path in the message when it is missing. */
export function readProc(root: string, name: string, signal: AbortSignal): Promise<string> {
  return readFile(join(root, name), { encoding: 'utf8', signal });
}

/** A whole number that /proc wrote; throws where it makes no sense. */
export function wholeNumber(text: string | undefined, what: string): number {
  const value = Number(text);
  if (text === undefined || text === '' || !Number.isFinite(value))
    throw new Error(`${what}: no number: ${text}`);
  return value;
}
