import { boundedString, ownString } from '../own-string.ts';
import type { Story } from './story.ts';
import { isFuture } from './time.ts';

const NAMES = 50;
const NAME_CHARS = 256;
/** Lines of which the position is kept when the text had to go. */
const BARE_LINES = 5;

/** The positions of a few lines stay, the text goes. */
export function strip(story: Story): void {
  story.evidence = story.evidence.slice(0, BARE_LINES).map((evidence) => ({ ...evidence, text: '' }));
}

export function freshStory(nowUs: number): Story {
  return {
    times: [],
    firstUs: nowUs,
    lastUs: nowUs,
    total: 0,
    evidence: [],
    names: [],
    moreNames: 0,
    lastName: '',
    again: false,
    back: 0,
    textBytes: 0,
    version: 0,
    reportAt: 0,
    id: '',
  };
}

/** The story goes on from an earlier time. What it counted in the future was never there: it counts now. */
export function turnBack(story: Story, nowUs: number, observedUs: number): void {
  const wasFuture = isFuture(story.lastUs, observedUs);
  story.times = wasFuture ? story.times.map((timeUs) => Math.min(timeUs, nowUs)) : [];
  story.firstUs = Math.min(story.firstUs, nowUs);
  story.lastUs = nowUs;
}

/** Puts the event in its place among the times that count, at most `threshold` of them. */
export function push(story: Story, nowUs: number, count: number, threshold: number): void {
  const { times } = story;
  let at = times.length;
  while (at > 0 && times[at - 1]! > nowUs) at--;
  const copies = Math.min(count, threshold);
  for (let i = 0; i < copies; i++) {
    if (at === times.length) times.push(nowUs);
    else times.splice(at, 0, nowUs);
    at += 1;
  }
  if (times.length > threshold) times.splice(0, times.length - threshold);
}

export function forget(story: Story, beforeUs: number): void {
  let old = 0;
  while (old < story.times.length && story.times[old]! < beforeUs) old++;
  if (old > 0) story.times.splice(0, old);
}

/**
 * Keeps 50 names, or as many as the threshold needs to tell them apart; further ones are counted.
 *
 * @returns whether the name was not among the story's names yet.
 */
export function remember(story: Story, name: string, atLeast: number): boolean {
  if (name === '' || name === story.lastName) return false;
  const bounded = boundedString(name, NAME_CHARS);
  if (bounded === story.lastName) return false;
  const at = story.names.indexOf(bounded);
  if (at >= 0) {
    story.lastName = story.names[at]!;
    return false;
  }
  const own = ownString(bounded);
  story.lastName = own;
  if (story.names.length < Math.max(NAMES, atLeast)) story.names.push(own);
  else story.moreNames += 1;
  return true;
}
