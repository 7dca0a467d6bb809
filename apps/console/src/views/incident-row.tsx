import type { ApiIncident } from '@suite/api/contract';
import { LevelBadge } from '../parts/level-badge.tsx';
import { Cut } from '../parts/long-text.tsx';
import { Moment } from '../parts/moment.tsx';
import { Prose } from '../parts/prose.tsx';
import { hrefOf } from '../state/route.ts';

/** The style cuts it earlier, where there is less room. */
const SUMMARY_CHARS = 600;

/** One incident in a list; all of it leads to its story. */
export function IncidentRow({ incident, nowUs }: { readonly incident: ApiIncident; readonly nowUs: number }) {
  const { id, level, open, acknowledged } = incident;
  return (
    <li class={`incident incident-${level} ${open ? '' : 'incident-closed'}`}>
      <a class="incident-link" href={hrefOf({ view: 'incident', id })}>
        <span class="incident-head">
          <LevelBadge level={level} />
          <span class="incident-title">
            <Cut text={incident.title} most={160} />
          </span>
          <span class="incident-state">
            {acknowledged !== null && (
              <span class="incident-seen">
                Acknowledged by <Cut text={acknowledged.by} most={64} />
              </span>
            )}
            <span class={open ? 'incident-open' : ''}>{open ? 'Open' : 'Closed'}</span>
            <Moment iso={incident.last} timeUs={incident.lastUs} nowUs={nowUs} />
          </span>
        </span>
        <span class="incident-summary">
          <Prose text={incident.summary.slice(0, SUMMARY_CHARS)} />
        </span>
      </a>
    </li>
  );
}
