import type { AlertEntry, Mute } from '@suite/incidents';
import type { ApiAlertEntry, ApiMute } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';
import { evidenceView } from './detection.ts';

export function alertEntryView({ alert, outcome, why }: AlertEntry): ApiAlertEntry {
  const { id, kind, level, timeUs, title, text, next, lines, incidentId } = alert;
  return {
    id,
    kind,
    level,
    time: isoFromUs(timeUs),
    timeUs,
    title,
    text,
    next: [...next],
    lines: lines.map(evidenceView),
    ...(incidentId === undefined ? {} : { incidentId }),
    outcome,
    why,
  };
}

export function muteView({ id, match, reason, by, createdUs, expiresUs, successes }: Mute): ApiMute {
  return {
    id,
    match: { ...match },
    reason,
    by,
    created: isoFromUs(createdUs),
    expires: isoFromUs(expiresUs),
    expiresUs,
    successes,
  };
}
