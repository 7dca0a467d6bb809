import { setTimeout as delay } from 'node:timers/promises';
import { type NoteStream, openNoteStream } from '../notes/note-stream.ts';
import type { Source, SourceSink, StreamStatus } from '../port.ts';
import { createAccountNames } from './account-names.ts';
import { createProcessFinder } from './process-finder.ts';
import { createTableReader } from './socket-table.ts';
import { SocketWatch } from './socket-watch.ts';

export interface SocketSourceOptions {
  readonly name: string;
  /** Time between two looks; up to 15 s where a look takes more than a 250th of it. Default 2,000. */
  readonly intervalMs?: number;
  /** Which connections are told of; listeners always are. Default `outbound`. */
  readonly connections?: 'all' | 'outbound' | 'none';
  /** Default `/proc`; `/host/proc` in a container. */
  readonly procRoot?: string;
  /** Default `/etc/passwd`. */
  readonly passwdPath?: string;
  /** Default 4,096. */
  readonly mostConnections?: number;
  /** Default 512. */
  readonly mostNotes?: number;
  /** Bytes of a table that are read: about 27,000 sockets. Default 4 MiB. */
  readonly tableBytes?: number;
  /** Integer microseconds. */
  readonly clock: () => number;
  readonly randomId: () => string;
  readonly logger?: { warn(context: object, message: string): void };
}

const KEY = 'sockets';
const PATH = '/proc/net';
/**
 * Reading may take a 250th of the processor's time. Most of it is the kernel's: it walks a table that is as large as the machine's
 * memory is, whatever stands in it (3 ms each for tcp and tcp6 on a machine of 24 GiB).
 */
const SHARE = 250;
const LONGEST_MS = 15_000;
const RETRY_MS = 60_000;

/**
 * Notes what listens on this node and whom it is connected with, by looking at /proc/net every few seconds. It runs
 * nothing and needs no root, but for the names of other accounts' processes.
 *
 * A look is a sample: what opens and closes between two of them is seen only where TCP keeps it for a minute, without its
 * process. Every start begins with what is there (`event.reason: at_start`): positions hold nothing but the stream's own.
 */
export function createSocketSource(options: SocketSourceOptions): Source {
  const { name, clock, intervalMs = 2_000, procRoot = '/proc' } = options;
  const stopping = new AbortController();
  const finder = createProcessFinder({ procRoot });
  const watch = new SocketWatch({
    procRoot,
    reader: createTableReader(options.tableBytes ?? 4 * 1024 * 1024),
    finder,
    accounts: createAccountNames(options.passwdPath ?? '/etc/passwd'),
    mostConnections: options.mostConnections ?? 4_096,
    mostNotes: options.mostNotes ?? 512,
    connections: options.connections ?? 'outbound',
  });
  let notes: NoteStream | null = null;
  let problem: string | null = null;
  let running: Promise<void> = Promise.resolve();

  /** @returns how long to wait for the next one. */
  async function look(): Promise<number> {
    try {
      finder.refill();
      const changes = await watch.look(clock());
      if (changes.length > 0) await notes!.write(changes);
      problem = null;
      return Math.max(intervalMs, Math.min(watch.readMs * SHARE, LONGEST_MS));
    } catch (error) {
      if (stopping.signal.aborted) return 0;
      const reason = error instanceof Error ? error.message : String(error);
      if (problem !== reason) options.logger?.warn({ source: name, error }, 'sockets not read');
      problem = reason;
      return RETRY_MS;
    }
  }

  async function loop(firstWaitMs: number): Promise<void> {
    for (let waitMs = firstWaitMs; !stopping.signal.aborted; waitMs = await look()) {
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
    }
  }

  return {
    name,
    async start(sink: SourceSink) {
      const { randomId } = options;
      notes = openNoteStream({ source: name, key: KEY, kind: 'socket', path: PATH, sink, clock, randomId });
      running = loop(await look());
    },
    async stop() {
      stopping.abort();
      await running;
    },
    status(): readonly StreamStatus[] {
      const offset = notes?.offset ?? 0;
      const base = { source: name, path: PATH, kind: 'socket', offset, size: offset } as const;
      if (problem !== null) return [{ ...base, state: 'unreadable', reason: problem }];
      const reason = "the processes of other accounts' sockets are not named: that needs root";
      return [{ ...base, state: 'following', ...(finder.denied ? { reason } : {}) }];
    },
  };
}
