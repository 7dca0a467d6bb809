import type { ApiAlertEntry } from '@suite/api/contract';
import { LevelBadge } from '../parts/level-badge.tsx';
import { Cut, LongText } from '../parts/long-text.tsx';
import { Moment } from '../parts/moment.tsx';
import { hrefOf } from '../state/route.ts';
import { EvidenceList } from './evidence-list.tsx';

const OUTCOME: Readonly<Record<ApiAlertEntry['outcome'], string>> = {
  told: 'Told',
  digest: 'In the digest',
  hidden: 'Not told',
};

/** The desk tells a few things, one a line. */
const LINES_MAX = 40;

export function AlertItem({ entry, nowUs }: { readonly entry: ApiAlertEntry; readonly nowUs: number }) {
  const { incidentId } = entry;
  return (
    <li class={`alert alert-${entry.outcome}`}>
      <details>
        <summary>
          <span class="detection-head">
            <LevelBadge level={entry.level} />
            <span class="detection-title">
              <Cut text={entry.title} most={160} />
            </span>
            <Moment iso={entry.time} timeUs={entry.timeUs} nowUs={nowUs} />
          </span>
          <span class="alert-outcome">
            <b>{OUTCOME[entry.outcome]}</b>: <Cut text={entry.why} most={200} />
          </span>
        </summary>
        <div class="detection-body">
          <div class="alert-text">
            {entry.text.split('\n', LINES_MAX).map((line, index) => (
              <p key={index}>
                <LongText text={line} />
              </p>
            ))}
          </div>
          {entry.next.length > 0 && (
            <ol class="steps">
              {entry.next.map((step) => (
                <li key={step}>
                  <LongText text={step} />
                </li>
              ))}
            </ol>
          )}
          {entry.lines.length > 0 && (
            <EvidenceList lines={entry.lines} total={entry.lines.length} nowUs={nowUs} />
          )}
          {incidentId !== undefined && (
            <a href={hrefOf({ view: 'incident', id: incidentId })}>Its incident</a>
          )}
        </div>
      </details>
    </li>
  );
}
