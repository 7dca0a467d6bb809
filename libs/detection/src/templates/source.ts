import type { Habit } from './habit.ts';

const DAY_US = 86_400e6;

/** One program of one host. JSON-serialisable but for the map. */
export interface Source {
  readonly program: string;
  firstUs: number;
  lastUs: number;
  lines: number;
  /** Day of the log's clock, and what happened on it and on the day before. */
  day: number;
  newToday: number;
  newYesterday: number;
  /** Detections of that day, by rule. */
  reported: Record<string, number>;
  readonly habits: Map<string, Habit>;
}

export function startSource(program: string, nowUs: number): Source {
  return {
    program,
    firstUs: nowUs,
    lastUs: nowUs,
    lines: 0,
    day: Math.floor(nowUs / DAY_US),
    newToday: 0,
    newYesterday: 0,
    reported: {},
    habits: new Map(),
  };
}

/** Turns the page where a day is over. */
export function turnDay(source: Source, nowUs: number): void {
  const day = Math.floor(nowUs / DAY_US);
  if (day === source.day) return;
  source.newYesterday = day === source.day + 1 ? source.newToday : 0;
  source.newToday = 0;
  source.reported = {};
  source.day = day;
}

/** Whether one more detection of that rule fits into the day's budget; counts it if so. */
export function mayReport(source: Source, rule: string, most: number): boolean {
  const before = source.reported[rule] ?? 0;
  if (before >= most) return false;
  source.reported[rule] = before + 1;
  return true;
}
