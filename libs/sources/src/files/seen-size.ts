import type { Follower } from './follower.ts';

/**
 * Notes how large the files are now. Called before a wait for room and during it, so that what a file held is known
 * when it is truncated before the reader came that far. A file that became smaller has other content: its size stays.
 */
export async function noteSizes(followers: Iterable<Follower>): Promise<void> {
  for (const follower of [...followers]) {
    // The handle may be closed under our hands by the reader.
    const stats = await follower.file?.stat().catch(() => null);
    if (!stats) continue;
    const size = Number(stats.size);
    if (size < follower.seenSize) follower.shrunk = true;
    if (!follower.shrunk) follower.seenSize = size;
  }
}

/** Bytes that were seen to be there and were never read. */
export function unreadBytes({ record, seenSize }: Follower): number {
  return Math.max(0, Math.max(record.size, seenSize) - record.offset);
}
