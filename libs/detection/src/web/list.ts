import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { webClients } from './web-clients.ts';

/** What clients do to web servers. */
export function webDetectors(settings: DetectionSettings, allow: AllowList): readonly Detector[] {
  return [webClients({ ...settings.web, allow })];
}
