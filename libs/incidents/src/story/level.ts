import type { Level } from '@suite/event';
import { higher, raised } from '../level.ts';
import type { Story } from './story.ts';

/**
 * The highest level of the detections, raised where they add up: attempts and then a login are at least high, and
 * critical once something is done inside; a login and two different kinds of deeds of medium level or more are one
 * level more than the highest of them.
 */
export function levelOf(story: Story): Level {
  const inside = story.inside.length;
  if (story.breakIn) return inside > 0 ? 'critical' : higher(story.level, 'high');
  if (story.logins.length > 0 && inside >= 2) return raised(story.level);
  return story.level;
}
