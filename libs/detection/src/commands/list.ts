import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { commandWatch } from './command-watch.ts';

/** What people and programs type and run. */
export function commandDetectors(_settings: DetectionSettings, _allow: AllowList): readonly Detector[] {
  return [commandWatch()];
}
