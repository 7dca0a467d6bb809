import { useEffect } from 'preact/hooks';
import { type IncidentFilter, mergeIncidents, wantsEyes } from './incident-list.ts';
import { type IncidentsState, useIncidents } from './use-incidents.ts';

const NEWEST: IncidentFilter = { floor: 'all', host: '', state: 'all' };
/** Asked for by themselves, so that no flood of small ones hides them. */
const GRAVE: IncidentFilter = { floor: 'high', host: '', state: 'all' };

/** What the overview shows of incidents, and how many want somebody's eyes; the tab's title says so too. */
export function usePressing(nowUs: number): {
  readonly incidents: IncidentsState;
  readonly pressing: number;
} {
  const newest = useIncidents(NEWEST);
  const grave = useIncidents(GRAVE);
  const items = mergeIncidents(newest.items, grave.items);
  const pressing = items.filter((incident) => wantsEyes(incident, nowUs)).length;
  useEffect(() => {
    document.title = pressing > 0 ? `(${pressing}) NADIR` : 'NADIR';
  }, [pressing]);
  const loading = newest.loading || grave.loading;
  return { incidents: { ...newest, items, loading, problem: newest.problem ?? grave.problem }, pressing };
}
