import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';

/** What packets that a firewall logged add up to. */
export function firewallDetectors(_settings: DetectionSettings, _allow: AllowList): readonly Detector[] {
  return [];
}
