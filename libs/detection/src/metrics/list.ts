import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';

/** What measurements of a node say when they leave their usual range. */
export function metricDetectors(_settings: DetectionSettings, _allow: AllowList): readonly Detector[] {
  return [];
}
