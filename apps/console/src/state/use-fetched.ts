import { useCallback, useEffect, useState } from 'preact/hooks';
import { get } from '../api/client.ts';
import { useFailureWords } from './session-context.ts';

export interface Fetched<T> {
  /** Null until the first answer. */
  readonly data: T | null;
  readonly problem: string | null;
  /** Reads it anew now. */
  readonly refresh: () => void;
}

/** Reads an answer at once, again and again, and when asked to. */
export function useFetched<T>(path: string, intervalMs: number): Fetched<T> {
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const failureWords = useFailureWords();

  useEffect(() => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      try {
        setData(await get<T>(path, {}, abort.signal));
        setProblem(null);
      } catch (error) {
        if (!abort.signal.aborted) setProblem(failureWords(error));
      }
    };
    void read();
    const timer = setInterval(() => void read(), intervalMs);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [path, intervalMs, round]);

  return { data, problem, refresh: useCallback(() => setRound((before) => before + 1), []) };
}
