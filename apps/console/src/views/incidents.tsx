import { Choice } from '../parts/choice.tsx';
import { Empty, Notice } from '../parts/notice.tsx';
import type { IncidentFilter } from '../state/incident-list.ts';
import { FLOORS } from '../state/level-rank.ts';
import { useIncidents } from '../state/use-incidents.ts';
import { visibleText } from '../text/visible.ts';
import { IncidentRows } from './incident-rows.tsx';

/** All incidents, by level, node and whether they go on. */
export function Incidents(props: {
  readonly filter: IncidentFilter;
  readonly hosts: readonly string[];
  readonly nowUs: number;
  readonly onFilter: (filter: IncidentFilter) => void;
}) {
  const { filter, onFilter } = props;
  const { items, loading, problem, hasOlder, loadOlder } = useIncidents(filter);
  const filtered = filter.floor !== 'all' || filter.host !== '' || filter.state !== 'all';
  return (
    <section class="panel incidents" aria-labelledby="incidents-title">
      <div class="panel-head">
        <h1 id="incidents-title" tabIndex={-1}>
          Incidents
        </h1>
      </div>
      <div class="filters">
        <Choice
          label="Levels shown"
          options={FLOORS}
          chosen={filter.floor}
          onChoose={(floor) => onFilter({ ...filter, floor })}
        />
        <Choice
          label="Open or closed"
          options={[
            ['all', 'Any'],
            ['open', 'Open'],
            ['closed', 'Closed'],
          ]}
          chosen={filter.state}
          onChoose={(state) => onFilter({ ...filter, state })}
        />
        <select
          aria-label="Node of the incidents"
          value={filter.host}
          onChange={(event) => onFilter({ ...filter, host: event.currentTarget.value })}
        >
          <option value="">All nodes</option>
          {[...new Set(props.hosts)].map((host) => (
            <option key={host} value={host}>
              {visibleText(host)}
            </option>
          ))}
        </select>
      </div>
      {problem !== null && <Notice kind="problem">{problem}</Notice>}
      {items.length === 0 && !loading && problem === null && (
        <Empty title={filtered ? 'No incident is like that.' : 'No incident.'}>
          {filtered
            ? 'Choose all levels, any state and all nodes to see every one.'
            : 'What the rules detect is told here as a story: who, what, where, and what to do.'}
        </Empty>
      )}
      <IncidentRows list={items} of={JSON.stringify(filter)} nowUs={props.nowUs} />
      {hasOlder && (
        <button type="button" class="button-quiet button-wide" onClick={loadOlder}>
          Show older incidents
        </button>
      )}
    </section>
  );
}
