import type { Story } from '../stories/story.ts';
import { isForMachines } from './paths.ts';

const MINUTE_US = 60_000_000;
/** Refusals of the same few pages within a minute that no open page asks for. */
const A_MINUTE = 20;
const FEW_PAGES = 3;

/** A refused request's name in its story: what was tried, and what shows that somebody tried. */
export function nameOfTry(path: string, isTry: boolean, user: string | undefined): string {
  if (user !== undefined && user !== '') return `${path} as ${user}`;
  return isTry ? `POST ${path}` : path;
}

/**
 * Whether passwords are tried, or only a session is over: a page left open asks its API again and again, and is refused
 * each time, with no name and no password handed in. Without a login or an account in the log it takes the pace of a
 * program on a page for people.
 */
export function isGuessing(story: Story): boolean {
  if (story.moreNames > 0 || story.names.some((name) => name.startsWith('POST ') || name.includes(' as ')))
    return true;
  const last = story.times.at(-1) ?? 0;
  const inMinute = story.times.filter((timeUs) => last - timeUs < MINUTE_US).length;
  return inMinute >= A_MINUTE && story.names.length <= FEW_PAGES && !story.names.some(isForMachines);
}
