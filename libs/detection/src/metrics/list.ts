import type { AllowList } from '../allow-list.ts';
import type { Detector } from '../port.ts';
import type { DetectionSettings } from '../settings.ts';
import { diskFilling } from './disk-filling.ts';
import { diskFull } from './disk-full.ts';
import { memoryPressure } from './memory-pressure.ts';
import { unusualSeries } from './unusual-series.ts';

/** What measurements of a node say when they pass a limit or leave their usual range. */
export function metricDetectors(_settings: DetectionSettings, _allow: AllowList): readonly Detector[] {
  return [diskFull(), diskFilling(), memoryPressure(), unusualSeries()];
}
