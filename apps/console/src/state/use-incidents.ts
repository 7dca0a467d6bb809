import type { ApiIncident } from '@suite/api/contract';
import { useContext, useEffect, useState } from 'preact/hooks';
import { get, type Params } from '../api/client.ts';
import { Feed } from './incident-feed.ts';
import { type IncidentFilter, matches, mergeIncidents } from './incident-list.ts';
import { useFailureWords } from './session-context.ts';

const PAGE = 50;
/** What the live stream adds makes the list no longer than this; older ones fall off its end. */
const LIVE_MAX = 200;

interface IncidentPage {
  readonly items: readonly ApiIncident[];
  readonly next: string | null;
}

export interface IncidentsState {
  readonly items: readonly ApiIncident[];
  /** True until the first answer. */
  readonly loading: boolean;
  readonly problem: string | null;
  readonly hasOlder: boolean;
  readonly loadOlder: () => Promise<void>;
}

/** The incidents that match, newest first, kept up to date by the live stream. */
export function useIncidents(filter: IncidentFilter): IncidentsState {
  const [items, setItems] = useState<readonly ApiIncident[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const failureWords = useFailureWords();
  const feed = useContext(Feed);
  const { floor, host, state } = filter;
  const params: Params = {
    limit: PAGE,
    host,
    minLevel: floor === 'all' ? undefined : floor,
    open: state === 'all' ? undefined : String(state === 'open'),
  };

  useEffect(() => {
    const abort = new AbortController();
    let fresh = true;
    setLoading(true);
    const read = async (): Promise<void> => {
      try {
        const page = await get<IncidentPage>('/api/v1/incidents', params, abort.signal);
        const first = fresh;
        fresh = false;
        setItems((before) => mergeIncidents(first ? [] : before, page.items));
        if (first) setCursor(page.next);
        setProblem(null);
      } catch (error) {
        if (!abort.signal.aborted) setProblem(failureWords(error));
      }
      if (!abort.signal.aborted) setLoading(false);
    };
    void read();
    const leave = feed.subscribe({
      again: () => void read(),
      incidents: (batch) =>
        setItems((before) => {
          const known = new Set(before.map(({ id }) => id));
          // One that is shown stays, also when it closes and only open ones are asked for.
          const more = batch.filter((one) => known.has(one.id) || matches(one, { floor, host, state }));
          const keep = Math.max(LIVE_MAX, before.length);
          return more.length === 0 ? before : mergeIncidents(before, more).slice(0, keep);
        }),
    });
    return () => {
      abort.abort();
      leave();
    };
  }, [feed, floor, host, state]);

  const loadOlder = async (): Promise<void> => {
    if (cursor === null) return;
    try {
      const page = await get<IncidentPage>('/api/v1/incidents', { ...params, cursor });
      setItems((before) => mergeIncidents(before, page.items));
      setCursor(page.next);
      setProblem(null);
    } catch (error) {
      setProblem(failureWords(error));
    }
  };

  return { items, loading, problem, hasOlder: cursor !== null, loadOlder };
}
