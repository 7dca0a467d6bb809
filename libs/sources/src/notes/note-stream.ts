import type { SourceKind } from '@suite/event';
import type { SourceSink } from '../port.ts';

/**
 * What the agent noticed: an object of scalars and lists of texts, named as in the event (`server.port`), with the action as
 * `event` and when it was as `time_us`.
 */
export interface Note {
  readonly event: string;
  readonly time_us: number;
  readonly [field: string]: string | number | boolean | readonly string[] | undefined;
}

export interface NoteStreamOptions {
  readonly source: string;
  readonly key: string;
  readonly kind: SourceKind;
  readonly path: string;
  readonly sink: SourceSink;
  /** Integer microseconds. */
  readonly clock: () => number;
  readonly randomId: () => string;
}

/** The stream of one source's own notes, in format `tom-note`; goes on over restarts. */
export interface NoteStream {
  /** Bytes written since the stream began. */
  readonly offset: number;
  /** What was kept with the last notes that became durable; null at the very first start. */
  readonly kept: unknown;
  /** Ships notes as one block; `keep` becomes durable with them, or alone where there are none. */
  write(notes: readonly Note[], keep?: unknown): Promise<void>;
}

interface State {
  readonly v: 1;
  readonly stream: string;
  readonly offset: number;
  readonly keep?: unknown;
}

export function openNoteStream(options: NoteStreamOptions): NoteStream {
  const { source, key, kind, path, sink } = options;
  const known = parseState(sink.resume(source).get(key));
  let state: State = known ?? { v: 1, stream: options.randomId(), offset: 0 };
  return {
    get offset() {
      return state.offset;
    },
    kept: known?.keep ?? null,
    async write(notes, keep) {
      const buffer = Buffer.from(notes.map((note) => `${JSON.stringify(note)}\n`).join(''));
      const next: State = {
        ...state,
        offset: state.offset + buffer.length,
        ...(keep === undefined ? {} : { keep }),
      };
      if (buffer.length === 0) await sink.remember(source, key, next);
      else {
        const info = { source, key, kind, path, stream: state.stream, format: 'tom-note' };
        const end = buffer.length;
        const observedUs = options.clock();
        await sink.lines({ info, buffer, start: 0, end, offset: state.offset, observedUs, resume: next });
      }
      state = next;
    },
  };
}

function parseState(value: unknown): State | null {
  if (typeof value !== 'object' || value === null) return null;
  const { v, stream, offset, keep } = value as Record<string, unknown>;
  if (v !== 1 || typeof stream !== 'string' || !Number.isSafeInteger(offset)) return null;
  return { v, stream, offset: offset as number, ...(keep === undefined ? {} : { keep }) };
}
