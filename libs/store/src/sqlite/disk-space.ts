import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DiskSpace } from './retention.ts';

/** Of the file system that a file lies on; boundless where it cannot be asked. */
export function diskSpace(path: string): DiskSpace {
  try {
    const { bavail, blocks, bsize } = statfsSync(dirname(path));
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return { freeBytes: Number.MAX_SAFE_INTEGER, totalBytes: Number.MAX_SAFE_INTEGER };
  }
}
