import type { MetricSample } from '@suite/event';
import type { ApiVitals } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';

const DISKS_MAX = 16;

/**
 * What a card shows of a node, out of its newest samples. Reads OpenTelemetry's system metrics as TOM and as the
 * Collector's hostmetrics receiver send them: utilisation per state, or usage in bytes per state.
 */
export function vitalsView(samples: readonly MetricSample[]): ApiVitals {
  const named = (name: string) => samples.filter((sample) => sample.name === name);
  const newestUs = samples.reduce((newest, sample) => Math.max(newest, sample.timeUs), 0);
  return {
    cpuUsed: cpuUsed(named('system.cpu.utilization')),
    ...memory(named('system.memory.utilization'), named('system.memory.usage'), named('system.memory.limit')),
    load1:
      named('system.cpu.load_average.1m')[0]?.value ?? named('system.linux.cpu.load_1m')[0]?.value ?? null,
    disks: disks(
      named('system.filesystem.utilization'),
      named('system.filesystem.usage'),
      named('system.filesystem.limit'),
    ),
    measured: samples.length === 0 ? null : isoFromUs(newestUs),
  };
}

const state = (sample: MetricSample, kind: string): string | undefined =>
  sample.attributes[`${kind}.state`] ?? sample.attributes[`${kind}.mode`] ?? sample.attributes.state;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** With modes: everything but idle and waiting, averaged over cores where they come one by one. */
function cpuUsed(samples: readonly MetricSample[]): number | null {
  const modes = samples.filter((sample) => cpuMode(sample) !== undefined);
  const cores = new Set(modes.map((sample) => sample.attributes['cpu.logical_number'] ?? ''));
  if (cores.size > 1) cores.delete('');
  const plain = samples.filter((sample) => cpuMode(sample) === undefined);
  if (modes.length === 0) return plain.length === 0 ? null : clamp(mean(plain.map((sample) => sample.value)));
  const busy = modes.filter(
    (sample) =>
      cores.has(sample.attributes['cpu.logical_number'] ?? '') &&
      cpuMode(sample) !== 'idle' &&
      cpuMode(sample) !== 'iowait' &&
      cpuMode(sample) !== 'wait',
  );
  if (busy.length === 0) {
    const idle = modes.filter((sample) => cpuMode(sample) === 'idle');
    return idle.length === 0 ? null : clamp(1 - mean(idle.map((sample) => sample.value)));
  }
  return clamp(busy.reduce((sum, sample) => sum + sample.value, 0) / cores.size);
}

const cpuMode = (sample: MetricSample): string | undefined =>
  sample.attributes['cpu.mode'] ?? state(sample, 'system.cpu');

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function memory(
  utilization: readonly MetricSample[],
  usage: readonly MetricSample[],
  limit: readonly MetricSample[],
): Pick<ApiVitals, 'memoryUsed' | 'memoryTotalBytes'> {
  const byState = (list: readonly MetricSample[], wanted: string) =>
    list.find((sample) => state(sample, 'system.memory') === wanted)?.value;
  const totalBytes = limit[0]?.value ?? total(usage);
  const stated =
    byState(utilization, 'used') ?? utilization.find((s) => state(s, 'system.memory') === undefined)?.value;
  const usedBytes = byState(usage, 'used');
  const derived = usedBytes !== undefined && totalBytes ? usedBytes / totalBytes : undefined;
  const used = stated ?? derived;
  return { memoryUsed: used === undefined ? null : clamp(used), memoryTotalBytes: totalBytes };
}

const total = (usage: readonly MetricSample[]): number | null =>
  usage.length === 0 ? null : usage.reduce((sum, sample) => sum + sample.value, 0);

/** Fullest first. */
function disks(
  utilization: readonly MetricSample[],
  usage: readonly MetricSample[],
  limit: readonly MetricSample[],
): ApiVitals['disks'] {
  const kind = 'system.filesystem';
  const mountOf = (sample: MetricSample) =>
    sample.attributes['system.filesystem.mountpoint'] ?? sample.attributes.mountpoint;
  const mounts = new Set([...utilization, ...usage].map(mountOf).filter((mount) => mount !== undefined));
  const result: ApiVitals['disks'] = [];
  for (const mount of mounts) {
    const here = (list: readonly MetricSample[]) => list.filter((sample) => mountOf(sample) === mount);
    const totalBytes = here(limit)[0]?.value ?? total(here(usage));
    const ratios = here(utilization);
    const stated = (
      ratios.find((s) => state(s, kind) === 'used') ?? ratios.find((s) => state(s, kind) === undefined)
    )?.value;
    const usedBytes = here(usage).find((sample) => state(sample, kind) === 'used')?.value;
    const used = stated ?? (usedBytes !== undefined && totalBytes ? usedBytes / totalBytes : undefined);
    if (used !== undefined) result.push({ mount, used: clamp(used), totalBytes });
  }
  return result.sort((a, b) => b.used - a.used).slice(0, DISKS_MAX);
}
