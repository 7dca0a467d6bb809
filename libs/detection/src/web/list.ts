import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';

/** What clients do to web servers. */
export function webDetectors(_settings: DetectionSettings, _allow: AllowList): readonly Detector[] {
  return [];
}
