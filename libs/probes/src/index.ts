export type { Probe, ProbePoint } from './port.ts';
export { createProbeRunner, type ProbeRunner, type ProbeRunnerOptions } from './probe-runner.ts';
export { createProbes, DEFAULT_ROOTS, PROBES } from './probes.ts';
export type { ProbeRoots } from './proc-file.ts';
