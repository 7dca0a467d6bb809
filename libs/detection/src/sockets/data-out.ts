import type { Detection, MetricSample } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import { detectionId } from '../detection-id.ts';
import { ownString } from '../own-string.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { spanOf } from '../wording.ts';
import { endpoint } from './address-scope.ts';
import type { Destinations } from './destinations.ts';
import { freshBaseline, type HourBaseline, learn, type UsualVolume, usualVolume } from './hour-baseline.ts';

const RULE = 'network-data-out';
const TITLE = 'More data leaves than usual';
const BUCKET_US = 5 * 60e6;
/** Less than that in five minutes is nobody's loss: about 2.7 Mbit/s. */
const LEAST_BYTES = 100e6;
/** … and without a new destination, most likely a copy from node to node. */
const LEAST_INSIDE_BYTES = 1e9;
/** Interfaces on which nothing leaves the node. */
const INNER = /^(?:lo|docker|br-|virbr|veth|cni|flannel|cali|vxlan|dummy|ifb|ovs|podman)/;
const NODES = 500;
const INTERFACES = 16;
const RECENT = 10;
const RECENT_US = 30 * 60e6;

interface Node {
  /** Last counter of each interface. */
  counters: Record<string, number>;
  bucket: number;
  bytes: number;
  /** Five-minute buckets over the limit in a row; 0 when all is well. */
  over: number;
  overBytes: number;
  version: number;
  id: string;
  sinceUs: number;
  baseline: HourBaseline;
  /** New destinations, newest last. */
  recent: [timeUs: number, where: string][];
}

/**
 * A node sends far more than at this hour of the other days. The kernel counts bytes by interface, not by connection: whose
 * they are is not known, which destinations were new meanwhile is. Needs a day of measurements.
 */
export function dataOut(destinations: Destinations): Detector {
  const nodes = new BoundedMap<Node>(NODES);

  function nodeOf(host: string): Node {
    const node = nodes.get(host) ?? freshNode();
    if (nodes.peek(host) === undefined) nodes.set(ownString(host), node);
    return node;
  }

  return {
    rule: RULE,
    about: [ABOUT],
    wants: ['connection_opened'],
    observe({ record }: Observation) {
      const out = destinations.of(record);
      if (out === null || !out.isNew || !out.isExternal) return;
      const node = nodeOf(out.host);
      const by = out.program === '' ? '' : ` (${out.program})`;
      node.recent.push([record.timeUs, ownString(endpoint(out.address, out.port) + by)]);
      if (node.recent.length > RECENT) node.recent.shift();
    },
    sample(sample: MetricSample, report: Report) {
      const { name, attributes, host } = sample;
      if (name !== 'system.network.io' || attributes['network.io.direction'] !== 'transmit') return;
      const device = attributes['network.interface.name'] ?? '';
      if (INNER.test(device)) return;
      const node = nodeOf(host);
      const bucket = Math.floor(sample.timeUs / BUCKET_US);
      if (bucket !== node.bucket) {
        if (bucket > node.bucket && node.bucket > 0) close(host, node, sample.timeUs, report);
        node.bucket = bucket;
        node.bytes = 0;
      }
      const before = node.counters[device];
      if (before === undefined && Object.keys(node.counters).length >= INTERFACES) return;
      node.counters[device] = sample.value;
      // A counter that went back began anew: the node started again.
      if (before !== undefined && sample.value >= before) node.bytes += sample.value - before;
    },
    snapshot: () => nodes.snapshot(),
    restore: (state) => nodes.restore(state),
  };
}

/** Ends a bucket: judges it, and learns from it unless it is far out. */
function close(host: string, node: Node, nowUs: number, report: Report): void {
  const atUs = node.bucket * BUCKET_US;
  const usual = usualVolume(node.baseline, atUs);
  const leastBytes = newSince(node, atUs).length > 0 ? LEAST_BYTES : LEAST_INSIDE_BYTES;
  const isOver = usual !== null && node.bytes > Math.max(leastBytes, usual.limitBytes);
  if (!isOver) {
    learn(node.baseline, atUs, node.bytes);
    Object.assign(node, { over: 0, overBytes: 0, version: 0, id: '' });
    return;
  }
  if (node.over === 0) node.sinceUs = atUs;
  node.over += 1;
  node.overBytes += node.bytes;
  // What goes on for hours becomes usual slowly: the bound is learned, not the volume.
  learn(node.baseline, atUs, Math.min(node.bytes, usual.limitBytes));
  if (node.over !== 1 && node.over !== 3 && node.over !== 12) return;
  node.version += 1;
  node.id ||= detectionId(RULE, { 'host.name': host }, `${atUs}`);
  report(detectionOf(host, node, usual, nowUs));
}

/** Destinations on the internet that were new shortly before a time, or after it. */
function newSince(node: Node, atUs: number): readonly string[] {
  return node.recent.filter(([timeUs]) => timeUs >= atUs - RECENT_US).map(([, where]) => where);
}

function freshNode(): Node {
  return {
    counters: {},
    bucket: 0,
    bytes: 0,
    over: 0,
    overBytes: 0,
    version: 0,
    id: '',
    sinceUs: 0,
    baseline: freshBaseline(),
    recent: [],
  };
}

function detectionOf(host: string, node: Node, usual: UsualVolume, nowUs: number): Detection {
  const recent = newSince(node, node.sinceUs);
  const meanwhile =
    recent.length === 0
      ? 'No new destination on the internet was seen meanwhile.'
      : `New destinations meanwhile: ${[...new Set(recent)].join(', ')}.`;
  return {
    id: node.id,
    version: node.version,
    rule: RULE,
    title: TITLE,
    level: recent.length > 0 ? 'medium' : 'low',
    timeUs: nowUs,
    firstUs: node.sinceUs,
    entities: { 'host.name': host },
    techniques: ['T1048', 'T1041'],
    evidence: [],
    evidenceCount: 0,
    reason:
      `${host} sent ${sizeText(node.overBytes)} within ${spanOf(node.over * BUCKET_US)}; at this hour ` +
      `${sizeText(usual.bytes)} within five minutes are usual, and ${sizeText(usual.limitBytes)} would have been within bounds. ` +
      `${meanwhile} Next: if no backup, update or copy was running, look at who is connected (ss -tnp) and what was read.`,
  };
}

function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['low', 'medium'],
  techniques: ['T1048', 'T1041'],
  source: "the agent's network measurements (bytes sent by interface)",
  why: 'A node sends at least 100 MB within five minutes while it talks to new destinations on the internet (medium), or 1 GB without any (low), and far more than at this hour of the last days: six deviations above the middle and twice the most of the hour and its neighbours. The kernel counts by interface: what goes to the next node counts too.',
  falsePositives: [
    'A full backup, a new replica, a large copy between nodes; what comes every day is learned',
  ],
  next: 'If no backup, update or copy was running, look at who is connected and what was read.',
  keeps:
    '500 nodes, each with three days of volumes by hour of the day; the one that was silent longest is forgotten first.',
  examples: { testedIn: 'libs/detection/test/sockets.test.ts' },
};
