import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';

/** What containers are made of and what is done to them. */
export function containerDetectors(_settings: DetectionSettings, _allow: AllowList): readonly Detector[] {
  return [];
}
