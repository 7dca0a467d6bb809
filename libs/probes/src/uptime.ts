import type { Probe } from './port.ts';
import { type ProbeRoots, readProc, wholeNumber } from './proc-file.ts';

/** `system.uptime`. */
export function createUptimeProbe(roots: ProbeRoots): Probe {
  return {
    name: 'uptime',
    async read(signal) {
      const [seconds] = (await readProc(roots.procRoot, 'uptime', signal)).split(' ');
      return [
        { name: 'system.uptime', unit: 's', attributes: {}, value: wholeNumber(seconds, '/proc/uptime') },
      ];
    },
  };
}
