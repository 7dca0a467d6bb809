import type { ApiDetection, ApiIncident, ApiRecord, RecordPage } from '@suite/api/contract';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api/client.ts';
import { type Connection, openLive } from '../api/live.ts';
import { useFailureWords } from './session-context.ts';
import { mergeLines } from './tail-lines.ts';

const PAGE = 100;
const SHOWN_MAX = 500;
/** With older pages loaded by hand the list may grow to this. */
const LOADED_MAX = 3000;
const PAINT_MS = 150;

export interface TailWish {
  readonly text: string;
  readonly host: string;
}

export interface Tail {
  readonly lines: readonly ApiRecord[];
  readonly connection: Connection;
  readonly searching: boolean;
  readonly problem: string | null;
  /** Lines that came while it was paused. */
  readonly waiting: number;
  /** Lines that went by too fast for this page. */
  readonly missed: number;
  readonly hasOlder: boolean;
  readonly loadOlder: () => void;
}

/** What else the live stream brings. */
export interface TailNews {
  readonly detection: (detection: ApiDetection) => void;
  /** Some at a time: a flood of attackers makes a flood of incidents. */
  readonly incidents: (batch: readonly ApiIncident[]) => void;
  /** The stream stands again: what went by is not in it. */
  readonly again: () => void;
}

/** History and live stream of one search as one list. Each new connection fetches what went by before it. */
export function useTail(wish: TailWish, paused: boolean, first: readonly ApiRecord[], news: TailNews): Tail {
  const { text, host } = wish;
  const [lines, setLines] = useState<readonly ApiRecord[]>(() => mergeLines([], first, SHOWN_MAX));
  const [connection, setConnection] = useState<Connection>('connecting');
  const [searching, setSearching] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(0);
  const [missed, setMissed] = useState(0);
  const [cursor, setCursor] = useState<string | null>(null);
  const incoming = useRef<ApiRecord[]>([]);
  const keep = useRef(SHOWN_MAX);
  const isPaused = useRef(paused);
  const streamed = useRef(false);
  const failureWords = useFailureWords();
  const told = useRef(news);
  told.current = news;

  useEffect(() => {
    isPaused.current = paused;
    if (!paused) setWaiting(0);
  }, [paused]);

  useEffect(() => {
    const abort = new AbortController();
    keep.current = SHOWN_MAX;
    incoming.current = [];
    setMissed(0);
    setWaiting(0);
    let fresh = true;
    const history = async (): Promise<void> => {
      setSearching(true);
      try {
        const page = await get<RecordPage>('/api/v1/events', { text, host, limit: PAGE }, abort.signal);
        setLines((before) =>
          fresh ? mergeLines([], page.items, SHOWN_MAX) : mergeLines(before, page.items, keep.current),
        );
        if (fresh) setCursor(page.next);
        fresh = false;
        setProblem(null);
      } catch (error) {
        if (!abort.signal.aborted) setProblem(failureWords(error));
      }
      if (!abort.signal.aborted) setSearching(false);
    };
    void history();
    let connectedBefore = false;
    const happened = new Map<string, ApiIncident>();
    const close = openLive(
      { text, host },
      {
        connection: setConnection,
        ready: () => {
          if (connectedBefore) void history();
          connectedBefore = true;
          // Also with another search: between two streams an incident may have gone by.
          if (streamed.current) told.current.again();
          streamed.current = true;
        },
        record: (line) => {
          incoming.current.push(line);
          if (incoming.current.length > SHOWN_MAX) incoming.current.shift();
        },
        detection: (detection) => told.current.detection(detection),
        incident: (incident) => void happened.set(incident.id, incident),
        dropped: ({ count }) => setMissed((before) => before + count),
      },
    );
    const paint = setInterval(() => {
      if (happened.size > 0) {
        told.current.incidents([...happened.values()]);
        happened.clear();
      }
      if (incoming.current.length === 0 || fresh) return;
      if (isPaused.current) {
        setWaiting(incoming.current.length);
        return;
      }
      const batch = incoming.current.splice(0);
      setLines((before) => mergeLines(before, batch, keep.current));
    }, PAINT_MS);
    return () => {
      abort.abort();
      clearInterval(paint);
      close();
    };
  }, [text, host]);

  const loadOlder = useCallback(async () => {
    if (cursor === null) return;
    keep.current = LOADED_MAX;
    try {
      const page = await get<RecordPage>('/api/v1/events', { text, host, limit: PAGE, cursor });
      setLines((before) => mergeLines(before, page.items, LOADED_MAX));
      setCursor(page.next);
      setProblem(null);
    } catch (error) {
      setProblem(failureWords(error));
    }
  }, [cursor, text, host]);

  const hasOlder = cursor !== null && lines.length < LOADED_MAX;
  return { lines, connection, searching, problem, waiting, missed, hasOlder, loadOlder };
}
