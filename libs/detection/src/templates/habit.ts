import { CountModel, type CountState } from '@suite/anomaly';
import type { Evidence, LogRecord } from '@suite/event';
import { evidenceOf } from '../evidence.ts';

const TEXT_CHARS = 200;
/** Lines closer together than this are one appearance. */
const APPEARANCE_US = 60e6;
/** Gaps between appearances before they are a habit, and how regular they must be. */
const HABIT_GAPS = 8;
const HABIT_SPREAD = 0.25;
const LEAST_SILENCE_US = 30 * 60e6;
const LEARN_US = 24 * 3_600e6;

/** What is usual of one template in one program's log. JSON-serialisable. */
export interface Habit {
  readonly id: string;
  text: string;
  count: number;
  inBucket: number;
  firstUs: number;
  lastUs: number;
  /** Lines that its host had written when this was seen last. */
  hostLines: number;
  appearedUs: number;
  gaps: number;
  gapUs: number;
  gapSpreadUs: number;
  stopped: boolean;
  model: CountState | null;
  sample: Evidence;
}

export function startHabit(id: string, text: string, record: LogRecord, nowUs: number): Habit {
  return {
    id,
    text: bounded(text),
    count: 0,
    inBucket: 0,
    firstUs: nowUs,
    lastUs: nowUs,
    hostLines: 0,
    appearedUs: nowUs,
    gaps: 0,
    gapUs: 0,
    gapSpreadUs: 0,
    stopped: false,
    model: null,
    sample: sampleOf(record),
  };
}

/** It was seen again. */
export function seeAgain(habit: Habit, text: string, record: LogRecord, nowUs: number, count: number): void {
  if (habit.inBucket === 0) {
    habit.sample = sampleOf(record);
    habit.text = bounded(text);
  }
  if (nowUs - habit.lastUs >= APPEARANCE_US) {
    const gap = nowUs - habit.appearedUs;
    habit.gaps += 1;
    const weight = Math.max(1 / 16, 1 / habit.gaps);
    if (habit.gaps > 1) {
      const off = Math.abs(gap - habit.gapUs);
      habit.gapSpreadUs = Math.round(habit.gapSpreadUs + weight * (off - habit.gapSpreadUs));
    }
    habit.gapUs = Math.round(habit.gapUs + weight * (gap - habit.gapUs));
    habit.appearedUs = nowUs;
  }
  habit.lastUs = Math.max(habit.lastUs, nowUs);
  habit.count += count;
  habit.inBucket += count;
  habit.stopped = false;
}

/** Whether it came at regular times and by now should have come again at least twice. */
export function isOverdue(habit: Habit, { nowUs, backUs }: { nowUs: number; backUs: number }): boolean {
  if (habit.stopped || habit.gaps < HABIT_GAPS || habit.lastUs - habit.firstUs < LEARN_US) return false;
  if (habit.gapSpreadUs > HABIT_SPREAD * habit.gapUs) return false;
  return (
    nowUs - Math.max(habit.lastUs, backUs) >
    Math.max(LEAST_SILENCE_US, 3 * habit.gapUs + 6 * habit.gapSpreadUs)
  );
}

/** One habit turned out to be another's. */
export function fold(from: Habit, into: Habit): void {
  into.count += from.count;
  into.inBucket += from.inBucket;
  into.firstUs = Math.min(into.firstUs, from.firstUs);
  into.lastUs = Math.max(into.lastUs, from.lastUs);
  // The gaps of the parts are not those of the whole.
  into.gaps = 0;
  into.gapUs = 0;
  into.gapSpreadUs = 0;
  into.model = null;
}

export function modelOf(habit: Habit): CountModel {
  habit.model ??= new CountModel().state;
  return new CountModel({}, habit.model);
}

/** Copied, so that a long line is not kept for the sake of its first part. */
function bounded(text: string): string {
  return text.length > TEXT_CHARS ? Buffer.from(text.slice(0, TEXT_CHARS)).toString() : text;
}

function sampleOf(record: LogRecord): Evidence {
  const evidence = evidenceOf(record);
  return evidence.text.length > TEXT_CHARS ? { ...evidence, text: bounded(evidence.text) } : evidence;
}
