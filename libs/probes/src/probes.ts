import { createCpuProbe } from './cpu.ts';
import { createDiskProbe } from './disk.ts';
import { createFilesystemProbe } from './filesystem.ts';
import { createLoadProbe } from './load.ts';
import { createMemoryProbe } from './memory.ts';
import { createNetworkProbe } from './network.ts';
import type { Probe } from './port.ts';
import type { ProbeRoots } from './proc-file.ts';
import { createUptimeProbe } from './uptime.ts';

/** Every probe there is, in the order in which they are read. A new one: one file, one line here. */
export const PROBES = [
  { name: 'cpu', create: createCpuProbe },
  { name: 'memory', create: createMemoryProbe },
  { name: 'disk', create: createDiskProbe },
  { name: 'filesystem', create: createFilesystemProbe },
  { name: 'load', create: createLoadProbe },
  { name: 'network', create: createNetworkProbe },
  { name: 'uptime', create: createUptimeProbe },
] as const satisfies readonly { name: string; create: (roots: ProbeRoots) => Probe }[];

export const DEFAULT_ROOTS: ProbeRoots = { procRoot: '/proc', sysRoot: '/sys', fsRoot: '/' };

/** All probes, or those named. */
export function createProbes(roots: ProbeRoots = DEFAULT_ROOTS, names?: readonly string[]): readonly Probe[] {
  const wanted = PROBES.filter(({ name }) => names === undefined || names.includes(name));
  return wanted.map(({ create }) => create(roots));
}
