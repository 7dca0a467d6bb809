import { Empty, Notice } from '../parts/notice.tsx';
import { mostPressing } from '../state/incident-list.ts';
import { hrefOf } from '../state/route.ts';
import type { IncidentsState } from '../state/use-incidents.ts';
import { IncidentRows } from './incident-rows.tsx';

const SHOWN = 4;

/** The top of the overview: the few incidents that matter most now. */
export function PressingIncidents({
  incidents,
  nowUs,
}: {
  readonly incidents: IncidentsState;
  readonly nowUs: number;
}) {
  const { items, loading, problem } = incidents;
  return (
    <section class="panel pressing" aria-labelledby="pressing-title">
      <div class="panel-head">
        <h2 id="pressing-title">Incidents</h2>
        <a href={hrefOf({ view: 'incidents' })}>All incidents</a>
      </div>
      {problem !== null && <Notice kind="problem">{problem}</Notice>}
      {items.length === 0 && !loading && problem === null && (
        <Empty title="No incident.">
          What the rules detect is told here as a story: who, what, where, and what to do.
        </Empty>
      )}
      <IncidentRows list={mostPressing(items, nowUs).slice(0, SHOWN)} of="pressing" nowUs={nowUs} />
    </section>
  );
}
