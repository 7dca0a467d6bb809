import type { ApiIncident } from '@suite/api/contract';
import { type Floor, LEVEL_RANK, reaches } from './level-rank.ts';

export interface IncidentFilter {
  readonly floor: Floor;
  /** Empty: every host. */
  readonly host: string;
  readonly state: 'all' | 'open' | 'closed';
}

const DAY_US = 86_400_000_000;

/** Newest first by when it went on last, the newest version of each, without what became part of another. */
export function mergeIncidents(
  list: readonly ApiIncident[],
  more: readonly ApiIncident[],
): readonly ApiIncident[] {
  const byId = new Map(list.map((incident) => [incident.id, incident]));
  for (const incident of more) {
    const known = byId.get(incident.id);
    if (!known || known.version <= incident.version) byId.set(incident.id, incident);
  }
  return [...byId.values()]
    .filter(({ mergedInto }) => mergedInto === undefined)
    .sort((a, b) => b.lastUs - a.lastUs || (a.id < b.id ? 1 : -1));
}

/** The same as NADIR decides for a listing. */
export function matches(incident: ApiIncident, filter: IncidentFilter): boolean {
  if (!reaches(incident.level, filter.floor)) return false;
  if (filter.state !== 'all' && incident.open !== (filter.state === 'open')) return false;
  return filter.host === '' || (incident.entities['host.name'] ?? []).includes(filter.host);
}

/** Serious, of today or still going on, and nobody has said that they look after it. */
export function wantsEyes(incident: ApiIncident, nowUs: number): boolean {
  return reaches(incident.level, 'high') && incident.acknowledged === null && isCurrent(incident, nowUs);
}

function isCurrent({ open, lastUs }: ApiIncident, nowUs: number): boolean {
  return open || lastUs > nowUs - DAY_US;
}

/** What is current first, of that what nobody looks after, then the gravest, then the newest. */
export function mostPressing(list: readonly ApiIncident[], nowUs: number): readonly ApiIncident[] {
  const urgency = (incident: ApiIncident): number =>
    isCurrent(incident, nowUs) ? (incident.acknowledged === null ? 2 : 1) : 0;
  return [...list].sort(
    (a, b) => urgency(b) - urgency(a) || LEVEL_RANK[b.level] - LEVEL_RANK[a.level] || b.lastUs - a.lastUs,
  );
}
