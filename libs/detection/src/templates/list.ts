import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { logTemplates } from './log-templates.ts';

/** Kinds of log lines that are new, too many, or missing. */
export function templateDetectors(_settings: DetectionSettings, _allow: AllowList): readonly Detector[] {
  return [logTemplates()];
}
