import type { Detection, Level, LogRecord } from '@suite/event';
import { detectionId } from './detection-id.ts';
import { evidenceOf } from './evidence.ts';

export interface SingleShape {
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly techniques: readonly string[];
}

/** A detection that one record makes by itself. */
export function single(
  shape: SingleShape,
  record: LogRecord,
  entities: Readonly<Record<string, string>>,
  reason: string,
  earlier: readonly Detection['evidence'][number][] = [],
): Detection {
  const own = evidenceOf(record);
  return {
    id: detectionId(shape.rule, entities, own.id),
    version: 1,
    rule: shape.rule,
    title: shape.title,
    level: shape.level,
    timeUs: record.timeUs,
    firstUs: earlier[0]?.timeUs ?? record.timeUs,
    entities,
    techniques: shape.techniques,
    evidence: [...earlier, own],
    evidenceCount: earlier.length + 1,
    reason,
  };
}

/** Entities without the ones that the log does not tell. */
export function known(entities: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(entities)) if (value) out[name] = value;
  return out;
}
