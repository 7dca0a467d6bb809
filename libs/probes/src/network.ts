import type { Probe, ProbePoint } from './port.ts';
import { type ProbeRoots, readProc, wholeNumber } from './proc-file.ts';

/** Interfaces that come and go with containers: without bound as a tag, and counted on their bridge anyway. */
const TRANSIENT = /^(veth|cali|cni|lxc|tap|vnet)/;

/** Counters of /proc/net/dev by column of one direction: bytes, packets, errors, dropped. */
const COUNTERS = [
  { name: 'system.network.io', unit: 'By', column: 0 },
  { name: 'system.network.packet.count', unit: '{packet}', column: 1 },
  { name: 'system.network.errors', unit: '{error}', column: 2 },
  { name: 'system.network.packet.dropped', unit: '{packet}', column: 3 },
] as const;
const TRANSMIT_FROM = 8;

/**
 * `system.network.io`, `.packet.count`, `.errors`, `.packet.dropped` by `network.interface.name` and
 * `network.io.direction`: counters since boot. Reads `/proc/1/net/dev` where it may: in a container that shares
 * the host's process namespace those are the host's interfaces.
 */
export function createNetworkProbe(roots: ProbeRoots): Probe {
  return {
    name: 'network',
    async read(signal) {
      const ofInit = await readProc(roots.procRoot, '1/net/dev', signal).catch(() => null);
      const text = ofInit ?? (await readProc(roots.procRoot, 'net/dev', signal));
      const points: ProbePoint[] = [];
      for (const [, device, rest] of text.matchAll(/^ *([^\s:|]+): *(.*)$/gm)) {
        if (!TRANSIENT.test(device!)) points.push(...pointsOf(device!, rest!.trim().split(/ +/)));
      }
      if (points.length === 0) throw new Error('/proc/net/dev names no interface');
      return points;
    },
  };
}

function pointsOf(device: string, fields: readonly string[]): readonly ProbePoint[] {
  return COUNTERS.flatMap(({ name, unit, column }) =>
    (['receive', 'transmit'] as const).map((direction) => ({
      name,
      unit,
      attributes: { 'network.interface.name': device, 'network.io.direction': direction },
      value: wholeNumber(fields[direction === 'receive' ? column : TRANSMIT_FROM + column], '/proc/net/dev'),
    })),
  );
}
