import { type BigIntStats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Follower } from './follower.ts';

/** A file unchanged for so long is looked at once a second only. */
const IDLE_AFTER_US = 10_000_000;
const IDLE_POLL_MS = 1_000;

export interface Polled {
  readonly follower: Follower;
  /** Where its path is on this system. */
  readonly path: string;
  /** On a FUSE or network mount: never looked at synchronously, a dead server would stop the whole agent. */
  readonly remote: boolean;
}

/**
 * The safety net under inotify: finds files whose size, time or inode is no longer what was last seen. Idle
 * local files cost one stat(2) a second.
 */
export function createPoll(
  pollMs: number,
  clock: () => number,
): (files: Iterable<Polled>) => Promise<Follower[]> {
  let round = 0;
  const idleRounds = Math.max(1, Math.round(IDLE_POLL_MS / pollMs));
  return async function poll(files) {
    const [nowUs, changed] = [clock(), [] as Follower[]];
    const idleToo = round++ % idleRounds === 0;
    for (const { follower, path, remote } of files) {
      if (follower.phase === 'finished') continue;
      if (follower.phase !== 'live') changed.push(follower);
      else if (!idleToo && nowUs - follower.lastReadUs > IDLE_AFTER_US) continue;
      else {
        const stats = remote ? await statRemote(path) : statLocal(path);
        if (hasChanged(follower, stats)) changed.push(follower);
      }
    }
    return changed;
  };
}

function hasChanged(follower: Follower, stats: BigIntStats | null): boolean {
  if (stats === null || (follower.file === null && !follower.resting)) return true;
  if (String(stats.ino) !== follower.record.ino || String(stats.dev) !== follower.record.dev) return true;
  return stats.mtimeNs !== follower.mtimeNs || stats.size !== BigInt(follower.record.size);
}

function statLocal(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

function statRemote(path: string): Promise<BigIntStats | null> {
  return stat(path, { bigint: true }).catch(() => null);
}
