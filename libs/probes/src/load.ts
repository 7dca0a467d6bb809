import type { Probe } from './port.ts';
import { type ProbeRoots, readProc, wholeNumber } from './proc-file.ts';

/** `system.cpu.load_average.1m`, `.5m` and `.15m`. */
export function createLoadProbe(roots: ProbeRoots): Probe {
  return {
    name: 'load',
    async read(signal) {
      const fields = (await readProc(roots.procRoot, 'loadavg', signal)).trim().split(' ');
      return ['1m', '5m', '15m'].map((span, at) => ({
        name: `system.cpu.load_average.${span}`,
        unit: '{thread}',
        attributes: {},
        value: wholeNumber(fields[at], '/proc/loadavg'),
      }));
    },
  };
}
