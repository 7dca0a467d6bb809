import type { Probe, ProbePoint } from './port.ts';
import { type ProbeRoots, readProc, wholeNumber } from './proc-file.ts';

/**
 * `system.memory.usage`, `.utilization` by `system.memory.state` (used, free, cached, buffers: they add up to the
 * limit), `.limit`, `system.linux.memory.available`, and `system.paging.usage`, `.utilization` of swap.
 */
export function createMemoryProbe(roots: ProbeRoots): Probe {
  return {
    name: 'memory',
    async read(signal) {
      const bytes = parseMemInfo(await readProc(roots.procRoot, 'meminfo', signal));
      const total = need(bytes, 'MemTotal');
      const [free, buffers] = [need(bytes, 'MemFree'), bytes.get('Buffers') ?? 0];
      const cached = (bytes.get('Cached') ?? 0) + (bytes.get('SReclaimable') ?? 0);
      const used = Math.max(0, total - free - buffers - cached);
      const swap = { total: bytes.get('SwapTotal') ?? 0, free: bytes.get('SwapFree') ?? 0 };
      return [
        { name: 'system.memory.limit', unit: 'By', attributes: {}, value: total },
        ...shares('system.memory', 'system.memory.state', total, { used, free, cached, buffers }),
        {
          name: 'system.linux.memory.available',
          unit: 'By',
          attributes: {},
          value: bytes.get('MemAvailable') ?? free,
        },
        ...shares('system.paging', 'system.paging.state', swap.total, {
          used: swap.total - swap.free,
          free: swap.free,
        }),
      ];
    },
  };
}

function shares(
  name: string,
  attribute: string,
  total: number,
  states: Readonly<Record<string, number>>,
): readonly ProbePoint[] {
  return Object.entries(states).flatMap(([state, value]) => {
    const attributes = { [attribute]: state };
    const usage = { name: `${name}.usage`, unit: 'By', attributes, value };
    return total === 0
      ? [usage]
      : [usage, { name: `${name}.utilization`, unit: '1', attributes, value: value / total }];
  });
}

/** Sizes of /proc/meminfo in bytes (it says kB and means KiB). */
function parseMemInfo(text: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const [, name, value] of text.matchAll(/^(\w+): +(\d+) kB$/gm)) {
    sizes.set(name!, wholeNumber(value, '/proc/meminfo') * 1_024);
  }
  return sizes;
}

function need(sizes: ReadonlyMap<string, number>, name: string): number {
  const value = sizes.get(name);
  if (value === undefined) throw new Error(`/proc/meminfo has no ${name}`);
  return value;
}
