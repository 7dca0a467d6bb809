import type { ApiAlertEntry } from '@suite/api/contract';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { Choice } from '../parts/choice.tsx';
import { Empty, Notice } from '../parts/notice.tsx';
import { Feed } from '../state/incident-feed.ts';
import { useFetched } from '../state/use-fetched.ts';
import { useSteady } from '../state/use-steady.ts';
import { AlertItem } from './alert-item.tsx';

const ALERTS_MS = 15_000;
/** What the desk decides of an incident, it decides right after the incident. */
const DECIDED_MS = 1500;

/** What was told, what was not, and why. */
export function Alerts({ nowUs }: { readonly nowUs: number }) {
  const [which, setWhich] = useState<'all' | 'told' | 'held'>('all');
  const alerts = useFetched<{ items: ApiAlertEntry[] }>('/api/v1/alerts', ALERTS_MS);
  const feed = useContext(Feed);
  const box = useRef<HTMLUListElement>(null);
  const { refresh } = alerts;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      // Not put off by what follows: in a flood something follows all the time.
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, DECIDED_MS);
    };
    const leave = feed.subscribe({ incidents: soon, again: soon });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [feed, refresh]);

  const all = alerts.data?.items ?? [];
  const wanted = all.filter(({ outcome }) => which === 'all' || (outcome === 'told') === (which === 'told'));
  const { shown, waiting, showAll } = useSteady(box, wanted, which);
  return (
    <section class="panel" aria-labelledby="alerts-title">
      <div class="panel-head">
        <h1 id="alerts-title" tabIndex={-1}>
          Alerts
        </h1>
        {waiting > 0 && (
          <button type="button" class="button-quiet" onClick={showAll}>
            Show {waiting} new
          </button>
        )}
        <Choice
          label="Alerts shown"
          options={[
            ['all', 'All'],
            ['told', 'Told'],
            ['held', 'Held back'],
          ]}
          chosen={which}
          onChoose={setWhich}
        />
      </div>
      {alerts.problem !== null && <Notice kind="problem">{alerts.problem}</Notice>}
      {alerts.data !== null && shown.length === 0 && (
        <Empty title={all.length === 0 ? 'Nobody has been told anything yet.' : 'None of these.'}>
          {all.length === 0
            ? 'An incident of level medium or above is told once when it opens, and again when it gets worse.'
            : 'Choose “All” to see the others.'}
        </Empty>
      )}
      <ul ref={box} class="detection-list">
        {shown.map((entry) => (
          <AlertItem key={entry.id} entry={entry} nowUs={nowUs} />
        ))}
      </ul>
    </section>
  );
}
