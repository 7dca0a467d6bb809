import { setTimeout as delay } from 'node:timers/promises';
import { type Note, type NoteStream, openNoteStream } from '../notes/note-stream.ts';
import type { Source, SourceSink, StreamStatus } from '../port.ts';
import { type DockerPosition, firstPosition, parsePosition } from './docker-position.ts';
import { createDockerWatch } from './docker-watch.ts';
import { createEngineClient } from './engine-client.ts';

export interface DockerSourceOptions {
  readonly name: string;
  readonly socketPath: string;
  /** For an answer of the engine. Default 15,000. */
  readonly timeoutMs?: number;
  /** First delay before the engine is asked again; doubles up to a minute. Default 1,000. */
  readonly retryDelayMs?: number;
  /** Integer microseconds. */
  readonly clock: () => number;
  readonly randomId: () => string;
  readonly logger?: { warn(context: object, message: string): void };
}

const KEY = 'docker';
const MAX_DELAY_MS = 60_000;

/**
 * Notes what Docker's engine says happens: containers with what they may do beyond their own, commands run in them, images,
 * secrets, nodes of the Swarm. Reads only: GET requests over the engine's unix socket.
 *
 * Its position is the newest event's time and the keys of those around it; the engine is asked again from a little before.
 * It remembers 256 events: more than that while TOM was away are lost to everybody. Containers that run are compared then.
 */
export function createDockerSource(options: DockerSourceOptions): Source {
  const { name, socketPath, clock, randomId } = options;
  const stopping = new AbortController();
  const client = createEngineClient({
    socketPath,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
  let notes: NoteStream | null = null;
  let problem: string | null = 'asking the engine';
  let running: Promise<void> = Promise.resolve();

  async function loop(position: DockerPosition, isFirst: boolean): Promise<void> {
    const firstDelayMs = options.retryDelayMs ?? 1_000;
    const watch = createDockerWatch({ client, position, isFirst, clock, write });
    for (let delayMs = firstDelayMs; !stopping.signal.aborted; ) {
      try {
        await watch.follow(() => {
          problem = null;
          delayMs = firstDelayMs;
        });
        problem = 'the engine ended the stream of events; asking again';
      } catch (error) {
        if (stopping.signal.aborted) return;
        const reason = explain(error, socketPath);
        if (problem !== reason) options.logger?.warn({ source: name, error }, reason);
        problem = reason;
      }
      await delay(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
    }
  }

  async function write(made: readonly Note[], position: DockerPosition): Promise<void> {
    await notes!.write(made, position);
  }

  return {
    name,
    async start(sink: SourceSink) {
      notes = openNoteStream({
        source: name,
        key: KEY,
        kind: 'docker',
        path: socketPath,
        sink,
        clock,
        randomId,
      });
      const known = parsePosition(notes.kept);
      running = loop(known ?? firstPosition(clock()), known === null);
    },
    async stop() {
      stopping.abort();
      client.stop();
      await running;
    },
    status(): readonly StreamStatus[] {
      const offset = notes?.offset ?? 0;
      const base = { source: name, path: socketPath, kind: 'docker', offset, size: offset } as const;
      return problem === null
        ? [{ ...base, state: 'following' }]
        : [{ ...base, state: 'waiting', reason: problem }];
    },
  };
}

function explain(error: unknown, socketPath: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `${socketPath} is not there: is Docker running?`;
  if (code === 'EACCES') return `${socketPath} may not be opened: run TOM as root or in the group docker`;
  if (code === 'ECONNREFUSED') return `nothing answers at ${socketPath}: is Docker running?`;
  return message;
}
