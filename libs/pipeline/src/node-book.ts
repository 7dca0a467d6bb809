import type { MetricSample } from '@suite/event';
import type { NodeState } from '@suite/store';

const NODES = 10_000;

/** Names of the agent's own measurements that describe the node's state. */
const LOST_BYTES = 'tom.ledger.lost';

/** Who sends, since when, how much. Keeps 10,000 senders; the one silent longest is forgotten first. */
export class NodeBook {
  readonly #nodes = new Map<string, NodeState>();
  readonly #changed = new Set<string>();

  seen(agent: string, host: string, version: string, nowUs: number, lines: number): void {
    const before = this.#nodes.get(agent);
    this.#put({
      agent,
      host,
      version: version || (before?.version ?? ''),
      firstSeenUs: before?.firstSeenUs ?? nowUs,
      lastSeenUs: Math.max(before?.lastSeenUs ?? 0, nowUs),
      linesTotal: (before?.linesTotal ?? 0) + lines,
      lostBytes: before?.lostBytes ?? 0,
    });
  }

  sample(sample: MetricSample): void {
    if (sample.name !== LOST_BYTES) return;
    const before = this.#nodes.get(sample.agent);
    if (before && sample.value > before.lostBytes) this.#put({ ...before, lostBytes: sample.value });
  }

  /** The states that changed since the last call. */
  takeChanged(): readonly NodeState[] {
    const states: NodeState[] = [];
    for (const agent of this.#changed) {
      const state = this.#nodes.get(agent);
      if (state) states.push(state);
    }
    this.#changed.clear();
    return states;
  }

  snapshot(): unknown {
    return [...this.#nodes.values()];
  }

  restore(state: unknown): void {
    this.#nodes.clear();
    if (Array.isArray(state)) for (const node of state as NodeState[]) this.#nodes.set(node.agent, node);
  }

  #put(state: NodeState): void {
    this.#nodes.delete(state.agent);
    this.#nodes.set(state.agent, state);
    this.#changed.add(state.agent);
    if (this.#nodes.size > NODES) this.#nodes.delete(this.#nodes.keys().next().value!);
  }
}
