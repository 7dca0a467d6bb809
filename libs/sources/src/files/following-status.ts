import type { StreamStatus } from '../port.ts';
import type { Follower } from './follower.ts';

/** What `tom status` shows of a file source: what is followed, what cannot be, what is waited for. */
export function followingStatus(
  source: string,
  followers: Iterable<Follower>,
  problems: ReadonlyMap<string, string>,
  unmatched: readonly string[],
): readonly StreamStatus[] {
  const kind = 'file';
  const states: StreamStatus[] = [...followers].map(({ record, phase, seenSize }) => ({
    source,
    path: record.path,
    kind,
    state: phase === 'finished' ? 'finished' : 'following',
    offset: record.offset,
    size: Math.max(record.size, record.offset, seenSize),
  }));
  for (const [path, reason] of problems) {
    states.push({ source, path, kind, state: 'unreadable', offset: 0, size: 0, reason });
  }
  for (const path of unmatched) {
    const reason = 'no file matches yet; it is read from its beginning when it appears';
    states.push({ source, path, kind, state: 'waiting', offset: 0, size: 0, reason });
  }
  return states;
}
