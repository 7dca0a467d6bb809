import { useState } from 'preact/hooks';
import { useFailureWords } from './session-context.ts';

export interface Deed {
  readonly busy: boolean;
  /** Why the last attempt failed. */
  readonly problem: string | null;
  /** @returns what was done, or null when it was refused. One at a time. */
  readonly run: <T>(deed: () => Promise<T>) => Promise<T | null>;
}

/** Something that the reader does: once at a time, and a refusal in words. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const failureWords = useFailureWords();
  return {
    busy,
    problem,
    async run(deed) {
      if (busy) return null;
      setBusy(true);
      setProblem(null);
      try {
        return await deed();
      } catch (error) {
        setProblem(failureWords(error));
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
