import type { MetricSample } from '@suite/event';
import { bytesText, shareText } from './amounts.ts';

/** A series of a node that is worth watching for the unusual. */
export interface Watched {
  /** What it is of, within its node: `cpu`, `disk sda`. */
  readonly key: string;
  /** For a person: `CPU in use`. */
  readonly what: string;
  /** The metric counts up since boot: its rate a second is watched. */
  readonly isCounter: boolean;
  /** As a number to watch: a share of 0 to 1, bytes a second, or a plain number. */
  readonly value: number;
  /** Further from usual than this, or nobody needs to know. */
  readonly matters: number;
  shown(value: number): string;
  /** Commands to look with. */
  readonly next: string;
}

type Row = (sample: MetricSample) => Watched | null;

/** Interfaces that carry what is counted elsewhere already, or nothing of the outside. */
const INNER = /^(?:lo$|docker|br-|virbr|veth|cni|flannel|cali|vxlan|dummy|ifb|ovs|podman)/;

const ROWS: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['system.cpu.utilization', cpu],
  ['system.cpu.load_average.5m', load],
  ['system.memory.utilization', memory],
  ['system.paging.utilization', swap],
  ['system.disk.io_time', diskBusy],
  ['system.network.io', received],
]);

/** The table: utilisations and rates, no sizes that only grow and no counters as such. Sent bytes have a rule of their own. */
export function watchedOf(sample: MetricSample): Watched | null {
  if (!Number.isFinite(sample.value)) return null;
  return ROWS.get(sample.name)?.(sample) ?? null;
}

function cpu({ attributes, value }: MetricSample): Watched | null {
  const mode = attributes['cpu.mode'];
  if (mode === 'idle') return gauge('cpu', 'CPU in use', 1 - value, 0.25, 'top, docker stats');
  if (mode === 'iowait') return gauge('iowait', 'CPU waiting for disks', value, 0.15, 'iotop, dmesg');
  return null;
}

function load({ value }: MetricSample): Watched {
  return {
    ...gauge('load', 'load (5 minutes)', value, 2, 'top, ps aux --sort=-pcpu'),
    shown: (number) => number.toFixed(1),
  };
}

function memory({ attributes, value }: MetricSample): Watched | null {
  if (attributes['system.memory.state'] !== 'used') return null;
  return gauge('memory', 'memory in use', value, 0.1, 'ps aux --sort=-rss, docker stats');
}

function swap({ attributes, value }: MetricSample): Watched | null {
  if (attributes['system.paging.state'] !== 'used') return null;
  return gauge('swap', 'swap in use', value, 0.15, 'ps aux --sort=-rss, vmstat 5');
}

function diskBusy({ attributes, value }: MetricSample): Watched | null {
  const device = attributes['system.device'];
  if (device === undefined) return null;
  return {
    ...gauge(`disk ${device}`, `time that disk ${device} is busy`, value, 0.3, 'iotop, smartctl -a'),
    isCounter: true,
  };
}

function received({ attributes, value }: MetricSample): Watched | null {
  const device = attributes['network.interface.name'];
  if (device === undefined || INNER.test(device) || attributes['network.io.direction'] !== 'receive')
    return null;
  return {
    key: `receive ${device}`,
    what: `traffic received on ${device}`,
    isCounter: true,
    value,
    matters: 2e6,
    shown: (rate) => `${bytesText(rate)}/s`,
    next: 'ss -tn, iftop',
  };
}

function gauge(key: string, what: string, value: number, matters: number, next: string): Watched {
  return { key, what, isCounter: false, value, matters, shown: shareText, next };
}
