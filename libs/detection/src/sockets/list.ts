import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';

/** Listeners and connections of the nodes. */
export function socketDetectors(_settings: DetectionSettings, _allow: AllowList): readonly Detector[] {
  return [];
}
