import type { ApiDetection, ApiNode, ApiSummary } from '@suite/api/contract';
import { byteSize, plural } from '../text/amount.ts';

const DAY_US = 86_400_000_000;

/** The state of things in one sentence, and what it rests on in a second. */
export function Headline(props: {
  readonly summary: ApiSummary;
  readonly nodes: readonly ApiNode[];
  readonly detections: readonly ApiDetection[];
  readonly nowUs: number;
}) {
  const { summary, nodes } = props;
  const serious = props.detections.filter(
    ({ level, timeUs }) => (level === 'high' || level === 'critical') && timeUs > props.nowUs - DAY_US,
  ).length;
  const amiss = nodes.filter((node) => node.state !== 'ok').length;
  const { counts } = summary;
  return (
    <div class="headline">
      <h1>{headline(nodes.length, amiss, serious)}</h1>
      <p class="quiet">
        {plural(counts.records, 'line')} kept in {byteSize(counts.sizeBytes)},{' '}
        {plural(counts.detections, 'detection')} so far.
      </p>
    </div>
  );
}

function headline(nodes: number, amiss: number, serious: number): string {
  const parts: string[] = [];
  if (serious > 0) parts.push(`${plural(serious, 'serious detection')} in the last day`);
  if (amiss > 0) parts.push(`${amiss} of ${plural(nodes, 'node')} not reporting`);
  if (parts.length > 0) return `${parts.join(', ')}.`;
  if (nodes === 0) return 'Waiting for the first node.';
  return nodes === 1 ? 'All quiet on one node.' : `All quiet on ${nodes} nodes.`;
}
