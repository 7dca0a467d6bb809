import { createEngine, type DetectionSettings } from '@suite/detection';
import { type ReplayInput, replay } from '@suite/pipeline';
import type { RuleSet } from '@suite/sigma';

export interface ReplayMeasure {
  readonly lines: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
  readonly detections: number;
}

/** Runs a file through parse, and detect when settings are given; nothing is stored. */
export async function measureReplay(
  input: ReplayInput,
  settings: DetectionSettings | null,
  rules: RuleSet,
  signal: AbortSignal,
): Promise<ReplayMeasure> {
  const cpuBefore = process.cpuUsage();
  const began = process.hrtime.bigint();
  const engine = settings ? createEngine(settings, { rules }) : null;
  const summary = await replay([input], { host: 'bench', engine, signal });
  const cpu = process.cpuUsage(cpuBefore);
  return {
    lines: summary.lines,
    seconds: Number(process.hrtime.bigint() - began) / 1e9,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    detections: summary.detections,
  };
}
