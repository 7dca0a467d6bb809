import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';

/** Logins to services other than sshd. */
export function serviceDetectors(_settings: DetectionSettings, _allow: AllowList): readonly Detector[] {
  return [];
}
