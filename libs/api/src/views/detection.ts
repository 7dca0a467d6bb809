import type { Detection, Evidence } from '@suite/event';
import type { ApiDetection, ApiEvidence } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';

export function detectionView(detection: Detection): ApiDetection {
  return {
    id: detection.id,
    version: detection.version,
    rule: detection.rule,
    title: detection.title,
    level: detection.level,
    time: isoFromUs(detection.timeUs),
    timeUs: detection.timeUs,
    first: isoFromUs(detection.firstUs),
    firstUs: detection.firstUs,
    entities: { ...detection.entities },
    techniques: [...detection.techniques],
    reason: detection.reason,
    evidence: detection.evidence.map(evidenceView),
    evidenceCount: detection.evidenceCount,
  };
}

export function evidenceView(line: Evidence): ApiEvidence {
  return {
    id: line.id,
    host: line.host,
    file: line.file,
    ...(line.line === undefined ? {} : { line: line.line }),
    offset: line.offset,
    time: isoFromUs(line.timeUs),
    timeUs: line.timeUs,
    text: line.text,
  };
}
