import type { Detection } from '@suite/event';
import type { Keys } from '../keys.ts';
import { levelRank } from '../level.ts';
import { isInside, type Stage } from '../stage.ts';
import { addEntity, BOUNDS, type Login, remember, type Story } from './story.ts';
import { addEntry } from './timeline.ts';
import { deedOf, happened, nextStep } from './wording.ts';

/** Makes a detection part of the story. */
export function absorb(story: Story, detection: Detection, keys: Keys, stage: Stage): void {
  const isNew = !story.detections.includes(detection.id) && !isLaterVersion(story, detection);
  story.firstUs = Math.min(story.firstUs, detection.firstUs);
  story.lastUs = Math.max(story.lastUs, detection.timeUs);
  if (isNew) story.detectionCount += 1;
  remember(story.detections, detection.id, BOUNDS.detections);
  remember(story.rules, detection.rule, BOUNDS.values);
  for (const id of detection.techniques) remember(story.techniques, id, BOUNDS.values);
  for (const [name, value] of Object.entries(detection.entities)) addEntity(story, name, value);
  if (keys.host !== '') addEntity(story, 'host.name', keys.host);
  if (story.title === '' || levelRank(detection.level) > levelRank(story.level)) {
    story.title = detection.title;
    story.level = detection.level;
  }
  remember(story.stages, stage, BOUNDS.values);
  if (stage === 'attempt') countTries(story, detection, keys);
  if (stage === 'access') addLogin(story, loginOf(detection, keys), guessed(detection));
  if (isInside(stage) && levelRank(detection.level) >= levelRank('medium'))
    remember(story.inside, stage, BOUNDS.values);
  addDeed(story, detection.timeUs, deedOf(detection, stage), detection.id);
  addNext(story, detection);
  addLines(story, detection, isNew);
  addEntry(story, {
    timeUs: detection.timeUs,
    level: detection.level,
    text: happened(detection),
    rule: detection.rule,
    detectionId: detection.id,
    address: keys.address,
  });
}

/**
 * A login of the story.
 * @param afterGuesses it is known to have followed wrong guesses.
 */
export function addLogin(story: Story, login: Login, afterGuesses: boolean): boolean {
  const tries = story.tries[`a:${login.address}`] ?? 0;
  if (afterGuesses || tries > 0) story.breakIn = true;
  story.lastLoginUs = Math.max(story.lastLoginUs, login.timeUs);
  if (login.user === '') return false;
  const known = story.logins.some(
    (l) => l.user === login.user && l.host === login.host && l.address === login.address,
  );
  if (known || story.logins.length >= BOUNDS.logins) return false;
  story.logins.push(login);
  return true;
}

/** A deed in words; the same words, or another version of the same detection, count once. */
export function addDeed(story: Story, timeUs: number, text: string, detectionId: string): void {
  if (text === '' || story.deeds.some((deed) => deed.text === text)) return;
  const same = story.deeds.findIndex((deed) => deed.detectionId === detectionId);
  if (same >= 0) story.deeds[same] = { timeUs, text, detectionId };
  else if (story.deeds.length >= BOUNDS.deeds) story.moreDeeds += 1;
  else story.deeds.push({ timeUs, text, detectionId });
}

/** Attempts of an address, or of nobody known on an account; a story's own count only grows. */
export function addTries(story: Story, key: string, count: number, firstUs: number, lastUs: number): void {
  const before = story.tries[key];
  if (before === undefined && (story.moreTries > 0 || sizeOf(story.tries) >= BOUNDS.tries))
    story.moreTries += count;
  else story.tries[key] = (before ?? 0) + count;
  story.triesFirstUs = story.triesFirstUs === 0 ? firstUs : Math.min(story.triesFirstUs, firstUs);
  story.triesLastUs = Math.max(story.triesLastUs, lastUs);
}

function sizeOf(counts: Readonly<Record<string, number>>): number {
  let size = 0;
  for (const _ in counts) size += 1;
  return size;
}

function countTries(story: Story, detection: Detection, keys: Keys): void {
  const { evidenceCount, firstUs, timeUs } = detection;
  const guesses = detection.techniques.some((id) => id.startsWith('T1110'));
  if (!guesses) {
    const known = Object.hasOwn(story.attempts, detection.title);
    if (known || Object.keys(story.attempts).length < BOUNDS.values)
      story.attempts[detection.title] = Math.max(story.attempts[detection.title] ?? 0, evidenceCount);
    return;
  }
  const key = keys.address === '' ? `t:${keys.user}` : `a:${keys.address}`;
  const more = Math.max(0, evidenceCount - (story.tries[key] ?? 0));
  addTries(story, key, more, firstUs, timeUs);
}

function loginOf(detection: Detection, { address, user, host }: Keys): Login {
  return { user, host, address, timeUs: detection.timeUs };
}

/** The detection itself says that guessing led to the login. */
function guessed(detection: Detection): boolean {
  return detection.techniques.some((id) => id.startsWith('T1110'));
}

/** Detections beyond the first hundred are told apart by their versions. */
function isLaterVersion(story: Story, detection: Detection): boolean {
  return story.detections.length >= BOUNDS.detections && detection.version > 1;
}

/** Most urgent first, each once. */
function addNext(story: Story, detection: Detection): void {
  const text = nextStep(detection);
  if (text === '') return;
  const rank = levelRank(detection.level);
  const same = story.next.findIndex((step) => saysTheSame(step.text, text));
  if (same >= 0 && story.next[same]!.rank >= rank) return;
  if (same >= 0) story.next.splice(same, 1);
  const at = story.next.findIndex((step) => step.rank < rank);
  story.next.splice(at < 0 ? story.next.length : at, 0, { rank, text });
  if (story.next.length > BOUNDS.next) story.next.pop();
}

/** One begins as the other does, up to its last word. */
export function saysTheSame(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return long.startsWith(short.replace(/\.$/, ''));
}

/** The line that completed each detection: the first two and the newest. */
function addLines(story: Story, detection: Detection, isNew: boolean): void {
  const line = detection.evidence.at(-1);
  if (line === undefined || !isNew || story.lines.some(({ id }) => id === line.id)) return;
  story.lines.push(line);
  if (story.lines.length > BOUNDS.lines) story.lines.splice(2, 1);
}
