import type { Incident } from '@suite/event';
import type { Acknowledgement } from '@suite/incidents';
import type { ApiIncident } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';
import { evidenceView } from './detection.ts';

export function incidentView(incident: Incident, acknowledged: Acknowledgement | null): ApiIncident {
  return {
    id: incident.id,
    version: incident.version,
    level: incident.level,
    title: incident.title,
    summary: incident.summary,
    first: isoFromUs(incident.firstUs),
    firstUs: incident.firstUs,
    last: isoFromUs(incident.lastUs),
    lastUs: incident.lastUs,
    open: !incident.closed,
    success: incident.success ?? false,
    entities: Object.fromEntries(Object.entries(incident.entities).map(([name, all]) => [name, [...all]])),
    techniques: [...incident.techniques],
    rules: [...(incident.rules ?? [])],
    detectionIds: [...incident.detections],
    detectionCount: incident.detectionCount,
    timeline: incident.timeline.map((entry) => ({ time: isoFromUs(entry.timeUs), ...entry })),
    next: [...incident.next],
    lines: (incident.lines ?? []).map(evidenceView),
    ...(incident.mergedInto === undefined ? {} : { mergedInto: incident.mergedInto }),
    acknowledged: acknowledged === null ? null : { ...acknowledged, at: isoFromUs(acknowledged.atUs) },
  };
}
