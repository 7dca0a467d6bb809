import type { Follower } from './follower.ts';

/** Keeps the number of open files bounded: of those at their path, the one read longest ago is closed. */
export async function closeSurplus(
  followers: Iterable<Follower>,
  but: Follower,
  maxOpenFiles: number,
): Promise<void> {
  let open = 0;
  let oldest: Follower | null = null;
  for (const follower of followers) {
    if (follower.file === null) continue;
    open++;
    // Rotated files live by their handles.
    if (follower === but || follower.phase !== 'live') continue;
    if (oldest === null || follower.lastReadUs < oldest.lastReadUs) oldest = follower;
  }
  if (open <= maxOpenFiles || oldest === null) return;
  const file = oldest.file!;
  oldest.file = null;
  oldest.resting = true;
  await file.close();
}
