import type { Detection } from '@suite/event';
import { isoTime } from './event-view.ts';

/** A detection as `--json` prints it. */
export function detectionView(detection: Detection): Record<string, unknown> {
  return {
    type: 'detection',
    id: detection.id,
    version: detection.version,
    rule: detection.rule,
    title: detection.title,
    level: detection.level,
    time: isoTime(detection.timeUs),
    first: isoTime(detection.firstUs),
    entities: detection.entities,
    techniques: detection.techniques,
    evidence: detection.evidence.map(({ file, line, offset, host, text }) => ({
      file,
      ...(line === undefined ? {} : { line }),
      offset,
      host,
      text,
    })),
    evidence_count: detection.evidenceCount,
    reason: detection.reason,
  };
}

/** A detection as one line for people. */
export function detectionLine(detection: Detection): string {
  const again = detection.version > 1 ? ' (goes on)' : '';
  return `${isoTime(detection.timeUs).slice(0, 19).replace('T', ' ')}  ${detection.level.toUpperCase().padEnd(8)}  ${detection.title}${again}: ${detection.reason}`;
}
