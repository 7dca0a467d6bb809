import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { scans } from './scans.ts';

/** What packets that a firewall logged add up to. */
export function firewallDetectors(settings: DetectionSettings, allow: AllowList): readonly Detector[] {
  return [scans({ ...settings.firewall, allow })];
}
