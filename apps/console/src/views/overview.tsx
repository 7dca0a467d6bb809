import type { ApiDetection, ApiNode, ApiSummary } from '@suite/api/contract';
import { Notice } from '../parts/notice.tsx';
import type { IncidentsState } from '../state/use-incidents.ts';
import type { Polled } from '../state/use-polled.ts';
import { Detections } from './detections.tsx';
import { Headline } from './headline.tsx';
import { Nodes } from './nodes.tsx';
import { PressingIncidents } from './pressing-incidents.tsx';
import { Rate } from './rate.tsx';

/** How things are: in a sentence, then what happened, then the nodes and what they send. */
export function Overview(props: {
  readonly first: ApiSummary;
  readonly summary: ApiSummary;
  readonly nodes: Polled<{ items: ApiNode[] }>;
  readonly incidents: IncidentsState;
  readonly pressing: number;
  readonly detections: readonly ApiDetection[];
  readonly nowUs: number;
  readonly onSearch: (text: string) => void;
}) {
  const { summary, nodes, nowUs } = props;
  return (
    <>
      <div class="board-head">
        <Headline summary={summary} nodes={nodes.data.items} pressing={props.pressing} />
        {nodes.problem !== null && (
          <Notice kind="problem">{nodes.problem} What you see is from before.</Notice>
        )}
        {summary.problems.map((problem) => (
          <Notice key={problem} kind="problem">
            {problem}
          </Notice>
        ))}
      </div>
      <PressingIncidents incidents={props.incidents} nowUs={nowUs} />
      <Nodes nodes={nodes.data.items} nowUs={nowUs} />
      <div class="board-left">
        <Rate first={props.first.rate} />
        <Detections list={props.detections} nowUs={nowUs} onSearch={props.onSearch} />
      </div>
    </>
  );
}
