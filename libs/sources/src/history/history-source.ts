import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { rooted } from '../files/rooted-path.ts';
import { unreadableReason } from '../files/unreadable.ts';
import type { Source, SourceSink, StreamStatus } from '../port.ts';
import { createHistoryFile, type HistoryFile } from './history-file.ts';
import { parseHistoryState } from './history-state.ts';
import { historyCandidates } from './history-users.ts';

export interface HistorySourceOptions {
  readonly name: string;
  /** Whether histories that are there on the very first start are shipped. Those that appear later are. */
  readonly start: 'beginning' | 'end';
  /** Only these accounts. Default: all that have a home. */
  readonly users?: readonly string[];
  /** Default `/etc/passwd`, below `root`. Read again now and then: accounts come. */
  readonly passwdPath?: string;
  /** The watched system's `/`. Default `/`. */
  readonly root?: string;
  /** Default 1,000. */
  readonly pollMs?: number;
  /** An emptied or missing history is reported after so long. Default 2,000. */
  readonly settleMs?: number;
  /** Integer microseconds. */
  readonly clock: () => number;
  readonly randomId: () => string;
  readonly logger?: { warn(context: object, message: string): void };
}

/** Resume key that says that `start` has been applied. */
const STARTED_KEY = '#started';
const PASSWD_EVERY_POLLS = 30;

/** Follows the bash, zsh and fish histories of every account, through all the ways that shells rewrite them. */
export function createHistorySource(options: HistorySourceOptions): Source {
  const root = options.root ?? '/';
  const stopping = new AbortController();
  const files = new Map<string, HistoryFile>();
  let problem: string | null = null;
  let running: Promise<void> = Promise.resolve();

  async function refresh(sink: SourceSink): Promise<void> {
    const passwdPath = rooted(options.passwdPath ?? '/etc/passwd', root);
    const states = sink.resume(options.name);
    const settings = {
      source: options.name,
      root,
      settleMs: options.settleMs ?? 2_000,
      clock: options.clock,
      randomId: options.randomId,
    };
    try {
      for (const candidate of historyCandidates(await readFile(passwdPath, 'utf8'))) {
        if (files.has(candidate.path)) continue;
        if (options.users && !options.users.includes(candidate.user)) continue;
        const known = parseHistoryState(states.get(candidate.path));
        files.set(candidate.path, createHistoryFile(candidate, known, settings, sink));
      }
      problem = null;
    } catch (error) {
      problem = unreadableReason(error);
    }
  }

  async function checkAll(firstSight: 'ship' | 'skip'): Promise<void> {
    for (const file of files.values()) {
      if (stopping.signal.aborted) return;
      await file.check(firstSight).catch((error: unknown) => {
        options.logger?.warn({ source: options.name, path: file.candidate.path, error }, 'history not read');
      });
    }
  }

  async function loop(sink: SourceSink): Promise<void> {
    for (let poll = 1; !stopping.signal.aborted; poll++) {
      await delay(options.pollMs ?? 1_000, undefined, { signal: stopping.signal }).catch(() => {});
      if (poll % PASSWD_EVERY_POLLS === 0) await refresh(sink);
      await checkAll('ship');
    }
  }

  return {
    name: options.name,
    async start(sink) {
      await refresh(sink);
      const started = sink.resume(options.name).has(STARTED_KEY);
      await checkAll(started || options.start === 'beginning' ? 'ship' : 'skip');
      if (!started) await sink.remember(options.name, STARTED_KEY, { v: 1 });
      running = loop(sink);
    },
    async stop() {
      stopping.abort();
      await running;
    },
    status() {
      const kind = 'history';
      const states: StreamStatus[] = [];
      for (const { candidate, state, situation } of files.values()) {
        if (situation === null && state === null) continue;
        const base = {
          source: options.name,
          path: candidate.path,
          kind,
          offset: state?.offset ?? 0,
        } as const;
        if (situation === null)
          states.push({ ...base, state: 'waiting', size: 0, reason: 'the history was deleted' });
        else {
          const { kind: found, size, reason } = situation;
          states.push({ ...base, state: found, size, ...(reason === undefined ? {} : { reason }) });
        }
      }
      if (problem !== null) {
        const path = options.passwdPath ?? '/etc/passwd';
        states.push({
          source: options.name,
          path,
          kind,
          state: 'unreadable',
          offset: 0,
          size: 0,
          reason: problem,
        });
      }
      return states;
    },
  };
}
