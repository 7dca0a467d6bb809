import type { Incident, Level } from '@suite/event';
import { levelRank } from '../level.ts';

/** What is new about an incident since it was last told, or held back. */
export type News = 'opened' | 'got-in' | 'worse';

/** What the desk remembers of an incident. */
export interface Known {
  readonly level: Level;
  readonly success: boolean;
  /** It was told, not held back. */
  readonly told: boolean;
}

/** @returns null for mere counting up. */
export function newsOf(incident: Incident, known: Known | undefined): News | null {
  if (known === undefined) return 'opened';
  if (incident.success === true && !known.success) return 'got-in';
  return levelRank(incident.level) > levelRank(known.level) ? 'worse' : null;
}
