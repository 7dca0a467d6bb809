import type { Level } from '@suite/event';

/** Levels in order, so that "at least medium" is a comparison. */
export const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];

export function levelRank(level: Level): number {
  return LEVELS.indexOf(level);
}
