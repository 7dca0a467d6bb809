import { higher } from '../level.ts';
import { addTries } from './absorb.ts';
import { addEntity, BOUNDS, remember, type Story } from './story.ts';
import { addEntry } from './timeline.ts';

/**
 * Gives a story of its own what a wave knows of one address: out of the hundreds that tried, this one got in, and its
 * story is not that of the others.
 */
export function splitOff(wave: Story, own: Story, address: string, timeUs: number): void {
  const count = wave.tries[`a:${address}`] ?? 0;
  const entries = wave.timeline.filter((entry) => entry.address === address);
  const firstUs = entries[0]?.timeUs ?? Math.max(wave.triesFirstUs, wave.firstUs);
  if (count > 0)
    addTries(own, `a:${address}`, count, Math.min(firstUs, timeUs), Math.min(wave.triesLastUs, timeUs));
  if (entries.length === 0 && count === 0) return;
  remember(own.stages, 'attempt', BOUNDS.values);
  own.firstUs = Math.min(own.firstUs, firstUs);
  addEntity(own, 'source.address', address);
  for (const entry of entries) {
    addEntry(own, entry);
    own.level = higher(own.level, entry.level);
    if (entry.detectionId === '' || !remember(own.detections, entry.detectionId, BOUNDS.detections)) continue;
    remember(own.rules, entry.rule, BOUNDS.values);
    own.detectionCount += 1;
  }
}
