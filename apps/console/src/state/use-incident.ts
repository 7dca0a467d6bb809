import type { ApiDetection, ApiIncident } from '@suite/api/contract';
import { useContext, useEffect, useState } from 'preact/hooks';
import { get } from '../api/client.ts';
import { Feed } from './incident-feed.ts';
import { useFailureWords } from './session-context.ts';

/** A story that grows fast is read anew at most so often. */
const AGAIN_MS = 1500;

export type IncidentDetail = ApiIncident & { readonly detections: readonly ApiDetection[] };

/** One incident with its detections, kept up to date by the live stream. */
export function useIncident(id: string): {
  readonly incident: IncidentDetail | null;
  readonly problem: string | null;
} {
  const [incident, setIncident] = useState<IncidentDetail | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const failureWords = useFailureWords();
  const feed = useContext(Feed);

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      timer = undefined;
      try {
        setIncident(
          await get<IncidentDetail>(`/api/v1/incidents/${encodeURIComponent(id)}`, {}, abort.signal),
        );
        setProblem(null);
      } catch (error) {
        if (!abort.signal.aborted) setProblem(failureWords(error));
      }
    };
    void read();
    const leave = feed.subscribe({
      again: () => void read(),
      incidents: (batch) => {
        const next = batch.findLast((one) => one.id === id);
        if (next === undefined) return;
        setIncident((before) =>
          before === null || next.version < before.version ? before : { ...before, ...next },
        );
        timer ??= setTimeout(() => void read(), AGAIN_MS);
      },
    });
    return () => {
      abort.abort();
      clearTimeout(timer);
      leave();
    };
  }, [feed, id]);

  return { incident, problem };
}
