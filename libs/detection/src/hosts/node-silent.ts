import type { Detection } from '@suite/event';
import type { RuleAbout } from '../about.ts';
import { BoundedMap } from '../bounded-map.ts';
import { detectionId } from '../detection-id.ts';
import type { Detector, Report } from '../port.ts';
import { spanOf } from '../wording.ts';

const RULE = 'node-silent';
const NODES = 10_000;

const ABOUT: RuleAbout = {
  rule: RULE,
  title: 'Node fell silent',
  levels: ['high'],
  techniques: ['T1562.001'],
  source: 'the agents themselves: lines and measurements that stop coming',
  why: 'A node that reported every few seconds says nothing any more: it is down, cut off, or its agent was stopped.',
  falsePositives: ['A reboot that takes longer than detection.node_silent_after.'],
  next: 'Ping it; then systemctl status tom, or docker service ps tom.',
  keeps: '10,000 nodes; the one silent longest is forgotten first.',
  examples: { testedIn: 'libs/detection/test/accounts.test.ts' },
};

interface Node {
  host: string;
  lastUs: number;
  reported: boolean;
}

export interface NodeWatch extends Detector {
  /** The node said something (lines, numbers, or an empty batch), by NADIR's clock. */
  seen(agent: string, host: string, nowUs: number): void;
}

/**
 * A node that reported regularly says nothing any more: it is down, cut off, or its agent was stopped. Reported
 * once per silence. Judged by NADIR's own clock, and only for agents (they send probes every few seconds), never
 * for senders that only speak when something happens. ATT&CK T1562.
 */
export function nodeSilent(options: { afterMs: number }): NodeWatch {
  const nodes = new BoundedMap<Node>(NODES);
  /** Since when this process listens: while the aggregator itself was away, nobody was heard. */
  let listeningSinceUs: number | null = null;
  return {
    rule: RULE,
    about: [ABOUT],
    wants: [],
    observe() {},
    seen(agent, host, nowUs) {
      const node = nodes.get(agent);
      if (node) {
        node.lastUs = Math.max(node.lastUs, nowUs);
        node.reported = false;
      } else nodes.set(agent, { host, lastUs: nowUs, reported: false });
    },
    tick(nowUs, report: Report) {
      listeningSinceUs ??= nowUs;
      if (nowUs - listeningSinceUs < options.afterMs * 1000) return;
      for (const [agent, node] of nodes.entries()) {
        if (node.reported || nowUs - node.lastUs < options.afterMs * 1000) continue;
        node.reported = true;
        report(silence(agent, node, nowUs));
      }
    },
    snapshot: () => nodes.snapshot(),
    restore: (state) => nodes.restore(state),
  };
}

function silence(agent: string, node: Node, nowUs: number): Detection {
  const entities = { 'host.name': node.host };
  return {
    id: detectionId(RULE, entities, `${agent}:${node.lastUs}`),
    version: 1,
    rule: RULE,
    title: 'Node fell silent',
    level: 'high',
    timeUs: nowUs,
    firstUs: node.lastUs,
    entities,
    techniques: ['T1562.001'],
    evidence: [],
    evidenceCount: 0,
    reason:
      `${node.host} has said nothing for ${spanOf(nowUs - node.lastUs)}, not even its own measurements. It is down, cut ` +
      'off from the network, or its agent was stopped. Next: ping it; then systemctl status tom, or docker service ps tom.',
  };
}
