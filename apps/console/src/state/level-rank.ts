import type { Level } from '@suite/api/contract';

export const LEVEL_RANK: Readonly<Record<Level, number>> = {
  informational: 0,
  low: 1,
  medium: 2,
  high: 3,
  critical: 4,
};

/** From which level on something is shown. */
export type Floor = 'all' | 'medium' | 'high';

export const FLOORS: readonly (readonly [Floor, string])[] = [
  ['all', 'All'],
  ['medium', 'Medium +'],
  ['high', 'High +'],
];

export function reaches(level: Level, floor: Floor): boolean {
  return floor === 'all' || LEVEL_RANK[level] >= LEVEL_RANK[floor];
}
