import { BOUNDS, type Entry, type Story } from './story.ts';

/** Adds an entry, or renews the one of the same detection; beyond 50 the first 25 and the newest 25 stay. */
export function addEntry(story: Story, entry: Entry): void {
  const same =
    entry.detectionId === '' ? -1 : story.timeline.findIndex((e) => e.detectionId === entry.detectionId);
  if (same >= 0) {
    story.timeline[same] = entry;
    return;
  }
  story.timeline.push(entry);
  const most = BOUNDS.timelineFirst + BOUNDS.timelineNewest;
  if (story.timeline.length > most) {
    story.timeline.splice(BOUNDS.timelineFirst, story.timeline.length - most);
    story.timelineGap = true;
  }
}

/** Oldest first; entries of one time in the order in which they came. */
export function sortedTimeline(story: Story): Entry[] {
  return story.timeline
    .map((entry, at) => ({ entry, at }))
    .sort((a, b) => a.entry.timeUs - b.entry.timeUs || a.at - b.at)
    .map(({ entry }) => entry);
}
