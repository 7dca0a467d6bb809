import type { Detection, Evidence, Level, LogRecord } from '@suite/event';
import { BoundedMap } from './bounded-map.ts';
import { detectionId } from './detection-id.ts';
import { EVIDENCE_LINES, evidenceOf } from './evidence.ts';
import type { Report } from './port.ts';

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
  /** Version last reported; 0 before the threshold. */
  version: number;
  reportAt: number;
  id: string;
}

export interface StoryShape {
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly techniques: readonly string[];
  readonly threshold: number;
  readonly windowUs: number;
  /** Counts distinct `name`s instead of events. */
  readonly distinct?: boolean;
  entities(key: string, story: Story): Readonly<Record<string, string>>;
  reason(key: string, story: Story): string;
  /** A last condition when the threshold is passed, e.g. at least two addresses. */
  holds?(story: Story): boolean;
}

/** For `keeps` of a rule's `about`. */
export const STORIES_KEPT = '20,000 stories, the one quiet longest is forgotten first.';

const STORIES = 20_000;
const NAMES = 50;

/**
 * Stories of one shape. Keeps 20,000 keys; the one that was quiet longest is forgotten first. Memory is bounded
 * by 20,000 × (threshold times, 20 evidence lines of at most 1 KiB, 50 names); in practice well under a tenth.
 */
export class Stories {
  readonly #stories = new BoundedMap<Story>(STORIES);
  readonly #shape: StoryShape;

  constructor(shape: StoryShape) {
    this.#shape = shape;
  }

  /** Adds an event. `name` is what is distinct about it (account, address). */
  add(key: string, record: LogRecord, name: string, count: number, report: Report): Story {
    const shape = this.#shape;
    const nowUs = record.timeUs;
    let story = this.#stories.get(key);
    if (story && nowUs - story.lastUs > shape.windowUs) story = undefined;
    if (!story) {
      story = freshStory(nowUs);
      this.#stories.set(key, story);
    }
    const isNew = remember(story, name);
    if (!shape.distinct || isNew) push(story, nowUs, shape.distinct ? 1 : count, shape.threshold);
    forget(story, nowUs - shape.windowUs);
    story.total += count;
    story.lastUs = Math.max(story.lastUs, nowUs);
    if (story.evidence.length < EVIDENCE_LINES) story.evidence.push(evidenceOf(record));
    this.#judge(key, story, nowUs, report);
    return story;
  }

  snapshot(): unknown {
    return this.#stories.snapshot();
  }

  restore(state: unknown): void {
    this.#stories.restore(state);
  }

  /** Reports at the threshold, then each time that the total has doubled. */
  #judge(key: string, story: Story, nowUs: number, report: Report): void {
    const shape = this.#shape;
    if (story.version === 0) {
      if (story.times.length < shape.threshold) return;
      if (shape.holds && !shape.holds(story)) return;
    } else if (story.total < story.reportAt) return;
    const entities = shape.entities(key, story);
    story.version += 1;
    story.reportAt = story.total * 2;
    // Entities may grow with the story (accounts tried): the id rests on the key alone.
    story.id ||= detectionId(shape.rule, { key }, story.evidence[0]!.id);
    report(detectionOf(shape, key, story, entities, nowUs));
  }
}

function detectionOf(
  shape: StoryShape,
  key: string,
  story: Story,
  entities: Readonly<Record<string, string>>,
  nowUs: number,
): Detection {
  return {
    id: story.id,
    version: story.version,
    rule: shape.rule,
    title: shape.title,
    level: shape.level,
    timeUs: nowUs,
    firstUs: story.firstUs,
    entities,
    techniques: shape.techniques,
    evidence: [...story.evidence],
    evidenceCount: story.total,
    reason: shape.reason(key, story),
  };
}

function freshStory(nowUs: number): Story {
  return {
    times: [],
    firstUs: nowUs,
    lastUs: nowUs,
    total: 0,
    evidence: [],
    names: [],
    moreNames: 0,
    version: 0,
    reportAt: 0,
    id: '',
  };
}

function push(story: Story, nowUs: number, count: number, threshold: number): void {
  for (let i = 0; i < Math.min(count, threshold); i++) story.times.push(nowUs);
  if (story.times.length > threshold) story.times.splice(0, story.times.length - threshold);
}

function forget(story: Story, beforeUs: number): void {
  let old = 0;
  while (old < story.times.length && story.times[old]! < beforeUs) old++;
  if (old > 0) story.times.splice(0, old);
}

/** @returns whether the name was not among the story's names yet. */
function remember(story: Story, name: string): boolean {
  if (name === '' || story.names.includes(name)) return false;
  if (story.names.length < NAMES) story.names.push(name);
  else story.moreNames += 1;
  return true;
}
