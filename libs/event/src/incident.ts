import type { Evidence, Level } from './detection.ts';

/** One thing that happened, told as one story: detections about the same address, user, host, session or container. */
export interface Incident {
  /** Derived from its first detection: a replay makes the same id. */
  readonly id: string;
  /** Counts up with each change worth storing; a version is never rewritten. */
  readonly version: number;
  /** The highest level of its detections, raised where they add up (a break-in after a brute force). */
  readonly level: Level;
  readonly title: string;
  /** The story in one or two sentences: who, what, where, over how long, and how it ended. */
  readonly summary: string;
  readonly firstUs: number;
  readonly lastUs: number;
  /** It was quiet for long enough. A line that comes late, of the time when it was open, opens it again. */
  readonly closed: boolean;
  /** ECS names to what the story involves, in the order of appearance, at most 20 values a name. */
  readonly entities: Readonly<Record<string, readonly string[]>>;
  readonly techniques: readonly string[];
  /** Ids of its detections, at most 100; `detectionCount` tells how many there were. */
  readonly detections: readonly string[];
  readonly detectionCount: number;
  /** What happened when, oldest first, at most 50 entries: the first ones and the newest. */
  readonly timeline: readonly TimelineEntry[];
  /** What to do, most urgent first. */
  readonly next: readonly string[];
  /** Rules of its detections, in the order of appearance, at most 20. */
  readonly rules?: readonly string[];
  /** Somebody logged in: more than an attempt. */
  readonly success?: boolean;
  /** Lines that it rests on, at most 5: the first ones and the newest. */
  readonly lines?: readonly Evidence[];
  /** It turned out to be part of another incident, by its id; such a one is closed. */
  readonly mergedInto?: string;
}

export interface TimelineEntry {
  readonly timeUs: number;
  readonly level: Level;
  /** Plain words. Names from logs are cleaned of control characters. */
  readonly text: string;
  readonly rule: string;
  readonly detectionId: string;
}
