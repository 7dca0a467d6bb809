import type { Detection } from '@suite/event';
import { detectionId } from '../detection-id.ts';
import type { Story, StoryShape } from './story.ts';

/** The detection that a story has become. Its id rests on the key and the first line: entities may grow with it. */
export function detectionOf(shape: StoryShape, key: string, story: Story, nowUs: number): Detection {
  story.id ||= detectionId(shape.rule, { key }, story.evidence[0]!.id);
  return {
    id: story.id,
    version: story.version,
    rule: shape.rule,
    title: shape.title,
    level: typeof shape.level === 'function' ? shape.level(key, story) : shape.level,
    timeUs: nowUs,
    firstUs: story.firstUs,
    entities: shape.entities(key, story),
    techniques: shape.techniques,
    evidence: [...story.evidence],
    evidenceCount: story.total,
    reason: shape.reason(key, story),
  };
}
