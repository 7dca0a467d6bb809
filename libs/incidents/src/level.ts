import type { Level } from '@suite/event';

/** Lowest first. */
export const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];

export function levelRank(level: Level): number {
  return LEVELS.indexOf(level);
}

export function higher(a: Level, b: Level): Level {
  return levelRank(a) >= levelRank(b) ? a : b;
}

/** One level up; critical stays. */
export function raised(level: Level): Level {
  return LEVELS[Math.min(LEVELS.length - 1, levelRank(level) + 1)]!;
}
