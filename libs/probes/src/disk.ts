import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Probe, ProbePoint } from './port.ts';
import { type ProbeRoots, readProc, wholeNumber } from './proc-file.ts';

/** The unit of /proc/diskstats, whatever the device's own sector is (Documentation/admin-guide/iostats.rst). */
const SECTOR_BYTES = 512;
/** Disks without a device of their own behind them. */
const VIRTUAL = /^(loop|ram|fd|sr)\d+$/;

/**
 * `system.disk.io`, `.operations`, `.operation_time` by `system.device` and `disk.io.direction`, `.io_time` by
 * device: counters since boot. Whole disks only, no partitions; none that was never used.
 */
export function createDiskProbe(roots: ProbeRoots): Probe {
  return {
    name: 'disk',
    async read(signal) {
      const text = await readProc(roots.procRoot, 'diskstats', signal);
      const disks = await readdir(join(roots.sysRoot, 'block')).catch(() => null);
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      return lines.flatMap((line) => pointsOf(line.trim().split(/ +/), disks));
    },
  };
}

function pointsOf(fields: readonly string[], disks: readonly string[] | null): readonly ProbePoint[] {
  const device = fields[2];
  if (device === undefined || fields.length < 14) throw new Error('/proc/diskstats has a line too short');
  if (VIRTUAL.test(device) || (disks !== null && !disks.includes(device))) return [];
  const [reads, , sectorsRead, readMs, writes, , sectorsWritten, writeMs, , busyMs] = fields
    .slice(3, 13)
    .map((field) => wholeNumber(field, '/proc/diskstats')) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (reads + writes === 0) return [];
  const both = (name: string, unit: string, read: number, write: number): readonly ProbePoint[] => [
    { name, unit, attributes: { 'system.device': device, 'disk.io.direction': 'read' }, value: read },
    { name, unit, attributes: { 'system.device': device, 'disk.io.direction': 'write' }, value: write },
  ];
  return [
    ...both('system.disk.io', 'By', sectorsRead * SECTOR_BYTES, sectorsWritten * SECTOR_BYTES),
    ...both('system.disk.operations', '{operation}', reads, writes),
    ...both('system.disk.operation_time', 's', readMs / 1_000, writeMs / 1_000),
    {
      name: 'system.disk.io_time',
      unit: 's',
      attributes: { 'system.device': device },
      value: busyMs / 1_000,
    },
  ];
}
