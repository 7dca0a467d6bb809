import type { MetricSample } from '@suite/event';
import type { NodeState } from '@suite/store';
import type { ApiNode } from '../contract.ts';
import { isoFromUs } from '../iso-time.ts';
import { vitalsView } from './vitals.ts';

/** How long a node may say nothing before its state changes. */
export interface NodePatience {
  readonly lateAfterMs: number;
  readonly silentAfterMs: number;
}

export const DEFAULT_PATIENCE: NodePatience = { lateAfterMs: 90_000, silentAfterMs: 600_000 };

/** Nodes sorted by host name, each with what was last measured on it. */
export function nodeViews(
  nodes: readonly NodeState[],
  samples: readonly MetricSample[],
  nowUs: number,
  patience: NodePatience,
): ApiNode[] {
  const views = nodes.map((node): ApiNode => {
    const own = samples.filter((sample) => sample.agent === node.agent);
    return {
      agent: node.agent,
      host: node.host,
      version: node.version,
      state: nodeState(nowUs - node.lastSeenUs, patience),
      firstSeen: isoFromUs(node.firstSeenUs),
      lastSeen: isoFromUs(node.lastSeenUs),
      lastSeenUs: node.lastSeenUs,
      linesTotal: node.linesTotal,
      lostBytes: node.lostBytes,
      vitals: vitalsView(own),
    };
  });
  return views.sort(
    (a, b) => a.host.localeCompare(b.host, 'en', { numeric: true }) || (a.agent < b.agent ? -1 : 1),
  );
}

function nodeState(quietUs: number, patience: NodePatience): ApiNode['state'] {
  if (quietUs < patience.lateAfterMs * 1000) return 'ok';
  return quietUs < patience.silentAfterMs * 1000 ? 'late' : 'silent';
}
