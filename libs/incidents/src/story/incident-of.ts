import type { Incident } from '@suite/event';
import { levelOf } from './level.ts';
import { isSuccess, type Story } from './story.ts';
import { summaryOf, titleOf } from './summary.ts';
import { sortedTimeline } from './timeline.ts';

/** The story as it is stored and shown; shares nothing with it. */
export function incidentOf(story: Story, timeOf: (timeUs: number) => string): Incident {
  return {
    id: story.id,
    version: story.version,
    level: levelOf(story),
    title: titleOf(story),
    summary: summaryOf(story, timeOf),
    firstUs: story.firstUs,
    lastUs: story.lastUs,
    closed: story.closed,
    entities: Object.fromEntries(Object.entries(story.entities).map(([name, values]) => [name, [...values]])),
    techniques: [...story.techniques],
    detections: [...story.detections],
    detectionCount: story.detectionCount,
    timeline: sortedTimeline(story).map(({ address: _, ...entry }) => entry),
    next: story.next.map(({ text }) => text),
    rules: [...story.rules],
    success: isSuccess(story),
    lines: [...story.lines],
    ...(story.mergedInto === '' ? {} : { mergedInto: story.mergedInto }),
  };
}
