import type { Incident } from '@suite/event';
import { isoTime } from './event-view.ts';

/** An incident as `--json` prints it. */
export function incidentView(incident: Incident): Record<string, unknown> {
  return {
    type: 'incident',
    id: incident.id,
    version: incident.version,
    level: incident.level,
    title: incident.title,
    summary: incident.summary,
    first: isoTime(incident.firstUs),
    last: isoTime(incident.lastUs),
    closed: incident.closed,
    success: incident.success ?? false,
    entities: incident.entities,
    techniques: incident.techniques,
    rules: incident.rules ?? [],
    detections: incident.detections,
    detection_count: incident.detectionCount,
    timeline: incident.timeline.map(({ timeUs, level, text, rule, detectionId }) => ({
      time: isoTime(timeUs),
      level,
      text,
      ...(rule === '' ? {} : { rule, detection: detectionId }),
    })),
    next: incident.next,
  };
}

/** An incident as some lines for people. */
export function incidentText(incident: Incident): string {
  const span = `${clock(incident.firstUs)} to ${clock(incident.lastUs)}`;
  const head = `${incident.level.toUpperCase()}  ${incident.title}  (${span}, incident ${incident.id})`;
  const lines = incident.timeline.map(({ timeUs, text }) => `    ${clock(timeUs)}  ${text}`);
  const next = incident.next.map((step) => `  Next: ${step}`);
  return [head, `  ${incident.summary}`, ...lines, ...next].join('\n');
}

function clock(timeUs: number): string {
  return isoTime(timeUs).slice(0, 19).replace('T', ' ');
}
