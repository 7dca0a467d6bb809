import { levelRank } from '../level.ts';
import { saysTheSame } from './absorb.ts';
import { addEntity, BOUNDS, remember, type Story } from './story.ts';
import { addEntry, sortedTimeline } from './timeline.ts';

/** Makes `other` part of `story`; `other` is closed and points to it. */
export function merge(story: Story, other: Story): void {
  story.firstUs = Math.min(story.firstUs, other.firstUs);
  story.lastUs = Math.max(story.lastUs, other.lastUs);
  story.lastLoginUs = Math.max(story.lastLoginUs, other.lastLoginUs);
  story.detectionCount += other.detections.filter((id) => !story.detections.includes(id)).length;
  story.detectionCount += other.detectionCount - other.detections.length;
  if (levelRank(other.level) > levelRank(story.level)) {
    const { level, title } = other;
    Object.assign(story, { level, title });
  }
  for (const id of other.detections) remember(story.detections, id, BOUNDS.detections);
  for (const rule of other.rules) remember(story.rules, rule, BOUNDS.values);
  for (const id of other.techniques) remember(story.techniques, id, BOUNDS.values);
  for (const stage of other.stages) remember(story.stages, stage, BOUNDS.values);
  for (const stage of other.inside) remember(story.inside, stage, BOUNDS.values);
  for (const [name, values] of Object.entries(other.entities))
    for (const value of values) addEntity(story, name, value);
  mergeTries(story, other);
  for (const login of other.logins) if (story.logins.length < BOUNDS.logins) story.logins.push(login);
  for (const deed of other.deeds) {
    if (story.deeds.length < BOUNDS.deeds) story.deeds.push(deed);
    else story.moreDeeds += 1;
  }
  story.moreDeeds += other.moreDeeds;
  story.wave ||= other.wave;
  story.breakIn ||=
    other.breakIn || story.logins.some(({ address }) => (story.tries[`a:${address}`] ?? 0) > 0);
  mergeTimeline(story, other);
  story.next = [...story.next, ...other.next]
    .sort((a, b) => b.rank - a.rank)
    .filter((step, at, all) => all.findIndex(({ text }) => saysTheSame(text, step.text)) === at)
    .slice(0, BOUNDS.next);
  for (const line of other.lines) {
    if (story.lines.length < BOUNDS.lines && !story.lines.some(({ id }) => id === line.id))
      story.lines.push(line);
  }
  other.closed = true;
  other.mergedInto = story.id;
}

function mergeTries(story: Story, other: Story): void {
  for (const [key, count] of Object.entries(other.tries)) {
    if (key in story.tries) story.tries[key] = Math.max(story.tries[key]!, count);
    else if (Object.keys(story.tries).length < BOUNDS.tries) story.tries[key] = count;
    else story.moreTries += count;
  }
  story.moreTries += other.moreTries;
  if (other.triesFirstUs > 0)
    story.triesFirstUs =
      story.triesFirstUs === 0 ? other.triesFirstUs : Math.min(story.triesFirstUs, other.triesFirstUs);
  story.triesLastUs = Math.max(story.triesLastUs, other.triesLastUs);
  for (const [title, count] of Object.entries(other.attempts)) {
    if (title in story.attempts || Object.keys(story.attempts).length < BOUNDS.values)
      story.attempts[title] = Math.max(story.attempts[title] ?? 0, count);
  }
}

/** In the order of time, so that what falls out of the middle is of the middle. */
function mergeTimeline(story: Story, other: Story): void {
  const gap = story.timelineGap || other.timelineGap;
  const both = [...sortedTimeline(story), ...sortedTimeline(other)].sort((a, b) => a.timeUs - b.timeUs);
  story.timeline = [];
  story.timelineGap = false;
  for (const entry of both) addEntry(story, entry);
  story.timelineGap ||= gap;
}
