import type { ApiIncident } from '@suite/api/contract';
import { useRef } from 'preact/hooks';
import { useSteady } from '../state/use-steady.ts';
import { IncidentRow } from './incident-row.tsx';

/** Incidents that do not move while somebody reads them; new ones are announced above. */
export function IncidentRows(props: {
  readonly list: readonly ApiIncident[];
  /** Another one is another list. */
  readonly of: string;
  readonly nowUs: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { shown, waiting, showAll } = useSteady(box, props.list, props.of);
  return (
    <div ref={box} class="incident-rows">
      <p class="incident-waiting" role="status">
        {waiting > 0 && (
          <button type="button" class="button-quiet" onClick={showAll}>
            Show {waiting} new
          </button>
        )}
      </p>
      <ul>
        {shown.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} nowUs={props.nowUs} />
        ))}
      </ul>
    </div>
  );
}
