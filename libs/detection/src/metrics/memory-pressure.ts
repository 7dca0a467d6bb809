import type { MetricSample } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import { ownString } from '../own-string.ts';
import type { Detector } from '../port.ts';
import { quoteName } from '../wording.ts';
import { Alarms, type Verdict } from './alarm.ts';
import { bytesText, shareText } from './amounts.ts';

const RULE = 'memory-pressure';
const TITLE = 'Memory is running out';
const LIMITS = [0.1, 0.05] as const;
const CALM = 0.15;
const NODES = 1_000;

interface Node {
  limit: number;
  /** Share of the swap in use; null where there is none. */
  swap: number | null;
}

/** Less than 10 %, then 5 %, of a node's memory is available for five minutes; works from the first reading. */
export function memoryPressure(): Detector {
  const nodes = new BoundedMap<Node>(NODES);
  const alarms = new Alarms({ rule: RULE, title: TITLE, levels: ['medium', 'high'], afterUs: 5 * 60e6 });
  return {
    rule: RULE,
    about: [ABOUT],
    wants: [],
    observe() {},
    sample(sample, report) {
      if (!(sample.value >= 0) || sample.value === Number.POSITIVE_INFINITY) return;
      if (sample.name === 'system.memory.limit') nodeOf(nodes, sample).limit = sample.value;
      else if (isSwapInUse(sample)) nodeOf(nodes, sample).swap = sample.value;
      else if (sample.name === 'system.linux.memory.available') {
        const node = nodes.get(sample.host);
        if (!node || node.limit <= 0) return;
        const share = sample.value / node.limit;
        const judged = {
          verdict: verdictOf(share),
          entities: { 'host.name': sample.host },
          shown: bytesText(sample.value),
          reason: () => reasonOf(sample, share, node),
        };
        alarms.judge(sample.host, sample, judged, report);
      }
    },
    snapshot: () => ({ nodes: nodes.snapshot(), alarms: alarms.snapshot() }),
    restore(state) {
      const from = (state ?? {}) as { nodes?: unknown; alarms?: unknown };
      nodes.restore(from.nodes);
      alarms.restore(from.alarms);
    },
  };
}

function nodeOf(nodes: BoundedMap<Node>, sample: MetricSample): Node {
  let node = nodes.get(sample.host);
  if (!node) {
    node = { limit: 0, swap: null };
    nodes.set(ownString(sample.host), node);
  }
  return node;
}

function isSwapInUse(sample: MetricSample): boolean {
  return sample.name === 'system.paging.utilization' && sample.attributes['system.paging.state'] === 'used';
}

function verdictOf(share: number): Verdict {
  if (share <= LIMITS[1]) return 1;
  if (share <= LIMITS[0]) return 0;
  return share > CALM ? 'calm' : 'between';
}

function reasonOf(sample: MetricSample, share: number, node: Node): string {
  const swap = node.swap === null ? 'there is no swap' : `${shareText(node.swap)} of the swap is in use`;
  return (
    `${quoteName(sample.host)} has ${bytesText(sample.value)} of memory available (${shareText(share)} of ` +
    `${bytesText(node.limit)}) for five minutes, ${swap}. More than 15 % counts as usual; when nothing is left the ` +
    'kernel ends processes. Next: see who takes it (ps aux --sort=-rss, docker stats), and set limits.'
  );
}

const ABOUT: RuleAbout = {
  rule: RULE,
  title: TITLE,
  levels: ['medium', 'high'],
  techniques: [],
  source: "the agent's measurements of memory",
  why: 'For five minutes less than 10 % of the memory could be given to a process, high from 5 % on. Soon the kernel ends processes, by its own choice.',
  falsePositives: ['A machine of little memory whose one service is meant to fill it'],
  next: 'See which process or container takes the memory, and restart it or set a limit.',
  keeps: '1,000 nodes; the one that was not measured for longest is forgotten first.',
  examples: { testedIn: 'libs/detection/src/metrics/memory-pressure.test.ts' },
};
