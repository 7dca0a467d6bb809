import type { ApiNode, ApiSummary } from '@suite/api/contract';
import { byteSize, plural } from '../text/amount.ts';

/** The state of things in one sentence, and what it rests on in a second. */
export function Headline(props: {
  readonly summary: ApiSummary;
  readonly nodes: readonly ApiNode[];
  /** Serious incidents that nobody looks after. */
  readonly pressing: number;
}) {
  const { summary, nodes } = props;
  const amiss = nodes.filter((node) => node.state !== 'ok').length;
  const { counts } = summary;
  return (
    <div class="headline">
      <h1 tabIndex={-1}>{headline(nodes.length, amiss, props.pressing)}</h1>
      <p class="quiet">
        {plural(counts.records, 'line')} kept in {byteSize(counts.sizeBytes)},{' '}
        {plural(counts.detections, 'detection')} so far.
      </p>
    </div>
  );
}

function headline(nodes: number, amiss: number, pressing: number): string {
  const parts: string[] = [];
  if (pressing > 0) parts.push(`${plural(pressing, 'serious incident')} to look at`);
  if (amiss > 0) parts.push(`${amiss} of ${plural(nodes, 'node')} not reporting`);
  if (parts.length > 0) return `${parts.join(', ')}.`;
  if (nodes === 0) return 'Waiting for the first node.';
  return nodes === 1 ? 'All quiet on one node.' : `All quiet on ${nodes} nodes.`;
}
