import type { ApiNode } from '@suite/api/contract';
import { Empty } from '../parts/notice.tsx';
import { NodeCard } from './node-card.tsx';

export function Nodes({ nodes, nowUs }: { readonly nodes: readonly ApiNode[]; readonly nowUs: number }) {
  return (
    <section id="nodes" class="nodes" aria-labelledby="nodes-title">
      <h2 id="nodes-title" class="sr-only">
        Nodes
      </h2>
      {nodes.length === 0 ? (
        <div class="panel">
          <Empty title="No node has reported yet.">
            Start TOM on a machine with <code>tom run</code>, or point its syslog or an OpenTelemetry exporter
            at NADIR.
          </Empty>
        </div>
      ) : (
        <ul class="node-list">
          {nodes.map((node) => (
            <NodeCard key={node.agent} node={node} nowUs={nowUs} />
          ))}
        </ul>
      )}
    </section>
  );
}
