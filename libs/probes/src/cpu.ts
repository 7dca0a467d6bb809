import type { Probe, ProbePoint } from './port.ts';
import { type ProbeRoots, readProc, wholeNumber } from './proc-file.ts';

/** Columns of /proc/stat (proc(5)) and the `cpu.mode` each belongs to; guest time is part of user and nice. */
const COLUMNS = ['user', 'nice', 'system', 'idle', 'iowait', 'interrupt', 'softirq', 'steal'] as const;
const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'interrupt', 'steal'] as const;

type Ticks = Readonly<Record<(typeof MODES)[number], number>>;

/** `system.cpu.utilization` by `cpu.mode`, over all CPUs since the reading before, and `system.cpu.logical.count`. */
export function createCpuProbe(roots: ProbeRoots): Probe {
  let before: Ticks | null = null;
  return {
    name: 'cpu',
    async read(signal) {
      const text = await readProc(roots.procRoot, 'stat', signal);
      const now = parseTicks(text);
      const points: ProbePoint[] = [
        {
          name: 'system.cpu.logical.count',
          unit: '{cpu}',
          attributes: {},
          value: text.match(/^cpu\d+ /gm)?.length ?? 0,
        },
      ];
      if (before !== null) points.push(...utilization(before, now));
      before = now;
      return points;
    },
  };
}

function parseTicks(text: string): Ticks {
  const fields = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ');
  if (fields === undefined) throw new Error('/proc/stat has no line for all CPUs');
  const raw = Object.fromEntries(
    COLUMNS.map((name, at) => [name, wholeNumber(fields[at] ?? '0', '/proc/stat')]),
  );
  const { user, nice, system, idle, iowait, steal } = raw as Record<(typeof COLUMNS)[number], number>;
  return { user, nice, system, idle, iowait, interrupt: raw.interrupt! + raw.softirq!, steal };
}

function utilization(before: Ticks, now: Ticks): readonly ProbePoint[] {
  // iowait and idle may count backwards (proc(5)); a negative share is none.
  const spent = MODES.map((mode) => Math.max(0, now[mode] - before[mode]));
  const total = spent.reduce((sum, ticks) => sum + ticks, 0);
  if (total === 0) return [];
  return MODES.map((mode, at) => ({
    name: 'system.cpu.utilization',
    unit: '1',
    attributes: { 'cpu.mode': mode },
    value: spent[at]! / total,
  }));
}
