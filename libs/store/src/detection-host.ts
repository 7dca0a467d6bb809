import type { Detection } from '@suite/event';

/** The host that a detection is filed under: its `host.name`, else that of its first evidence, else empty. */
export function detectionHost(detection: Detection): string {
  return detection.entities['host.name'] ?? detection.evidence[0]?.host ?? '';
}
