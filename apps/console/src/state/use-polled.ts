import { useEffect, useState } from 'preact/hooks';
import { get, type Params } from '../api/client.ts';
import { useFailureWords } from './session-context.ts';

export interface Polled<T> {
  readonly data: T;
  /** Why the last attempt failed; `data` is then from before. */
  readonly problem: string | null;
}

/** Reads an answer again and again, the first time after one interval unless `params` change. */
export function usePolled<T>(path: string, params: Params, intervalMs: number, first: T): Polled<T> {
  const [state, setState] = useState<Polled<T> & { readonly key: string }>({
    data: first,
    problem: null,
    key: '',
  });
  const failureWords = useFailureWords();
  const key = JSON.stringify(params);

  useEffect(() => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      try {
        const data = await get<T>(path, JSON.parse(key) as Params, abort.signal);
        setState({ data, problem: null, key });
      } catch (error) {
        if (!abort.signal.aborted) setState((before) => ({ ...before, problem: failureWords(error) }));
      }
    };
    if (state.key !== key) void read();
    const timer = setInterval(() => void read(), intervalMs);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [path, key, intervalMs]);

  return state;
}
