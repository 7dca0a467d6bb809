import { join } from 'node:path';

/** A file that a shell may keep its history in, and whose it is. */
export interface HistoryCandidate {
  readonly path: string;
  readonly user: string;
  readonly uid: number;
  readonly format: 'bash-history' | 'zsh-history' | 'fish-history';
}

/** Where the shells keep their histories unless told otherwise (bash(1) HISTFILE, zshoptions(1), zsh-newuser-install, fish(1)). */
const PLACES = [
  { place: '.bash_history', format: 'bash-history' },
  { place: '.zsh_history', format: 'zsh-history' },
  { place: '.histfile', format: 'zsh-history' },
  { place: '.local/share/fish/fish_history', format: 'fish-history' },
] as const;

/** Candidates for every account of a passwd(5) file; accounts that share a home are named after the first. */
export function historyCandidates(passwd: string): readonly HistoryCandidate[] {
  const byPath = new Map<string, HistoryCandidate>();
  for (const line of passwd.split('\n')) {
    const [user, , uid, , , home] = line.split(':');
    if (!user || !home?.startsWith('/') || uid === undefined || !/^\d+$/.test(uid)) continue;
    if (home === '/' || home === '/nonexistent' || home === '/dev/null') continue;
    for (const { place, format } of PLACES) {
      const path = join(home, place);
      if (!byPath.has(path)) byPath.set(path, { path, user, uid: Number(uid), format });
    }
  }
  return [...byPath.values()];
}
