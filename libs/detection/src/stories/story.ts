import type { Evidence, Level, LogRecord } from '@suite/event';
import { EVIDENCE_LINES, evidenceOf } from '../evidence.ts';
import { boundedString, ownString } from '../own-string.ts';
import type { Report } from '../port.ts';
import { detectionOf } from './detection-of.ts';
import { forget, freshStory, push, remember, strip, turnBack } from './events.ts';
import { Generations } from './generations.ts';
import { type Ghost, Ghosts } from './ghosts.ts';
import { StoryText } from './text.ts';
import { EVIDENCE_OVERHEAD_BYTES } from './text-budget.ts';
import { placeInWindow, SteadyTime } from './time.ts';

/**
 * Something that adds up over time under one key (an address, an account): its events within a sliding
 * window, and, once the threshold is passed, the detection that goes on growing until it has been quiet for a
 * whole window. Plain data: it is snapshotted as JSON.
 */
export interface Story {
  /** Times of the events that still count, oldest first, at most `threshold` of them. */
  times: number[];
  firstUs: number;
  lastUs: number;
  total: number;
  evidence: Evidence[];
  /** Distinct values of interest, e.g. accounts tried; at most 50, `more` beyond. */
  names: string[];
  moreNames: number;
  lastName: string;
  /** It came back after its first event: it stands among the protected. */
  again: boolean;
  /** Events in a row that were dated back further than the window. */
  back: number;
  /** Evidence text that is kept, for the budget. */
  textBytes: number;
  /** Version last reported; 0 before the threshold. */
  version: number;
  reportAt: number;
  id: string;
}

export interface StoryShape {
  readonly rule: string;
  readonly title: string;
  readonly level: Level | ((key: string, story: Story) => Level);
  readonly techniques: readonly string[];
  readonly threshold: number;
  readonly windowUs: number;
  /** Counts distinct `name`s instead of events. */
  readonly distinct?: boolean;
  entities(key: string, story: Story): Readonly<Record<string, string>>;
  reason(key: string, story: Story): string;
  /** The counts of stories that had to go are kept, too: for what many addresses do in turns. Not with `distinct`. */
  readonly keepsCounts?: boolean;
  /** A last condition when the threshold is passed, e.g. at least two addresses. */
  holds?(story: Story, key: string): boolean;
}

/** For `keeps` of a rule's `about`. */
export const STORIES_KEPT =
  '16,000 stories: 4,000 of one event, 12,000 of more. Forgotten first are stories of one event, then, of those quiet longest, the smallest (of failed logins of an address the count is kept for 65,536 more). Of 1.25 MiB of log text the oldest goes first; where it stood stays.';

/** A shape of stories that are only kept, to be asked for with `peek`; hand `noReport` to `add`. */
export function countOnly(rule: string, windowUs: number, threshold: number): StoryShape {
  return {
    rule,
    title: '',
    level: 'informational',
    techniques: [],
    threshold,
    windowUs,
    keepsCounts: true,
    entities: () => ({}),
    reason: () => '',
    holds: () => false,
  };
}

export function noReport(): void {}

const YOUNG_STORIES = 4_000;
const OLD_STORIES = 12_000;
const YOUNG_TEXT_BYTES = 256 * 1024;
const OLD_TEXT_BYTES = 1024 * 1024;
/** Names in keys are the attacker's words; what is longer is one with its like. */
const KEY_CHARS = 512;
/** Below this many stories nothing is purged by time. */
const PURGE_ABOVE = 1_024;

/**
 * Stories of one shape, bounded as STORIES_KEPT says. A flood of addresses that come once pushes out its like, never
 * the story of somebody patient: the two stand in rooms of their own.
 */
export class Stories {
  readonly #shape: StoryShape;
  readonly #time = new SteadyTime();
  readonly #ghosts = new Ghosts();
  readonly #text = {
    young: new StoryText<Story>(YOUNG_TEXT_BYTES, strip),
    old: new StoryText<Story>(OLD_TEXT_BYTES, strip),
  };
  readonly #stories = new Generations<Story>({
    young: YOUNG_STORIES,
    old: OLD_STORIES,
    weight: (story) => (this.#isOver(story) ? 0 : story.total),
    onLeft: (key, story, from) => this.#text[from].release(key, story),
    onForgotten: (key, story) => {
      if (this.#shape.keepsCounts) this.#becomeGhost(key, story);
    },
  });

  constructor(shape: StoryShape) {
    this.#shape = shape;
  }

  /** Adds an event. `name` is what is distinct about it (account, address). */
  add(wanted: string, record: LogRecord, name: string, count: number, report: Report): Story {
    const shape = this.#shape;
    const key = boundedString(wanted, KEY_CHARS);
    let story = this.#stories.get(key);
    const nowUs = placeInWindow(story, record.timeUs, record.observedUs, shape.windowUs);
    this.#time.see(nowUs);
    if (story && nowUs - story.lastUs > shape.windowUs) story = undefined;
    if (!story) {
      story = freshStory(nowUs);
      const ghost = shape.keepsCounts ? this.#ghosts.take(key) : null;
      this.#stories.add(ownString(key), story);
      if (ghost !== null && Math.abs(nowUs - ghost.lastUs) <= shape.windowUs)
        this.#comeBack(key, story, ghost);
      this.#purge();
    } else {
      if (!story.again) this.#promote(key, story);
      if (story.lastUs - nowUs > shape.windowUs) turnBack(story, nowUs, record.observedUs);
    }
    const isNew = remember(story, name, shape.distinct ? shape.threshold : 0);
    if (!shape.distinct || isNew) push(story, nowUs, shape.distinct ? 1 : count, shape.threshold);
    forget(story, nowUs - shape.windowUs);
    story.total += count;
    story.lastUs = Math.max(story.lastUs, nowUs);
    if (story.evidence.length < EVIDENCE_LINES) this.#keep(key, story, evidenceOf(record));
    this.#judge(key, story, nowUs, report);
    return story;
  }

  /** The story as it stands, without touching it. */
  peek(key: string): Story | undefined {
    return this.#stories.peek(boundedString(key, KEY_CHARS));
  }

  delete(key: string): void {
    this.#stories.delete(boundedString(key, KEY_CHARS));
  }

  get size(): number {
    return this.#stories.size;
  }

  snapshot(): unknown {
    return {
      stories: this.#stories.snapshot(),
      young: this.#text.young.snapshot(),
      old: this.#text.old.snapshot(),
      time: this.#time.snapshot(),
      ghosts: this.#ghosts.snapshot(),
    };
  }

  restore(state: unknown): void {
    const { stories, young, old, time, ghosts } = (state ?? {}) as Record<string, unknown>;
    this.#stories.restore(stories);
    const find = (key: string) => this.#stories.peek(key);
    this.#text.young.restore(young, find);
    this.#text.old.restore(old, find);
    this.#time.restore(time);
    this.#ghosts.restore(ghosts);
  }

  #keep(key: string, story: Story, evidence: Evidence): void {
    story.evidence.push(evidence);
    this.#text[story.again ? 'old' : 'young'].hold(
      key,
      story,
      evidence.text.length + EVIDENCE_OVERHEAD_BYTES,
    );
  }

  /** What was told already begins anew when it comes back; its id went with its first line. */
  #becomeGhost(key: string, story: Story): void {
    if (story.version > 0 || this.#isOver(story)) return;
    const count = story.times.length;
    const firstUs = story.times[0] ?? story.lastUs;
    const overUs = this.#time.passedUs - this.#shape.windowUs;
    this.#ghosts.keep(key, { count, firstUs, lastUs: story.lastUs }, overUs);
  }

  /** All that it counted is put where it began, so that nothing counts longer than it may. */
  #comeBack(key: string, story: Story, ghost: Ghost): void {
    story.firstUs = Math.min(story.firstUs, ghost.firstUs);
    story.total = ghost.count;
    story.times = Array<number>(Math.min(ghost.count, this.#shape.threshold)).fill(story.firstUs);
    this.#promote(key, story);
  }

  #promote(key: string, story: Story): void {
    const bytes = story.textBytes;
    this.#stories.promote(key);
    story.again = true;
    if (bytes > 0) this.#text.old.hold(key, story, bytes);
  }

  #isOver(story: Story): boolean {
    return this.#time.passedUs - story.lastUs > this.#shape.windowUs;
  }

  /** Two at a time where one is added: stories that are over go before the rooms are full. */
  #purge(): void {
    if (this.#stories.size > PURGE_ABOVE) this.#stories.purge((story) => this.#isOver(story), 2);
  }

  /** Reports at the threshold, then each time that the total has doubled. */
  #judge(key: string, story: Story, nowUs: number, report: Report): void {
    const shape = this.#shape;
    if (story.version === 0) {
      if (story.times.length < shape.threshold) return;
      if (shape.holds && !shape.holds(story, key)) return;
    } else if (story.total < story.reportAt) return;
    story.version += 1;
    story.reportAt = story.total * 2;
    report(detectionOf(shape, key, story, nowUs));
  }
}
