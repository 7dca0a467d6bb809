import type { SourceSink, StreamInfo } from '../port.ts';
import { readSnapshot, type Snapshot, signatureOf } from './history-snapshot.ts';
import { type HistoryEvent, type HistoryState, lastKnown, linesOf } from './history-state.ts';
import type { HistoryCandidate } from './history-users.ts';
import { firstNewLine } from './overlap.ts';

export interface HistoryFileOptions {
  readonly source: string;
  readonly root: string;
  /** An empty or missing history counts only after so long: some shells empty the file before they write it. */
  readonly settleMs: number;
  readonly clock: () => number;
  readonly randomId: () => string;
}

/** One shell history that is followed. */
export interface HistoryFile {
  readonly candidate: HistoryCandidate;
  readonly state: HistoryState | null;
  /** What it is like, for the status; null when there is none. */
  readonly situation: {
    readonly kind: 'following' | 'unreadable';
    readonly size: number;
    readonly reason?: string;
  } | null;
  /** Looks, and ships what is new. `skip`: on first sight take what is there for known. */
  check(firstSight: 'ship' | 'skip'): Promise<void>;
}

const BLOCK_BYTES = 1024 * 1024;

export function createHistoryFile(
  candidate: HistoryCandidate,
  known: HistoryState | null,
  options: HistoryFileOptions,
  sink: SourceSink,
): HistoryFile {
  const { source, clock, randomId } = options;
  let state = known;
  let situation: HistoryFile['situation'] = null;
  let seen = '';
  let suspectSinceUs: number | null = null;

  async function check(firstSight: 'ship' | 'skip'): Promise<void> {
    const signature = await signatureOf(candidate, options.root);
    if (signature === seen && suspectSinceUs === null) return;
    const snapshot = await readSnapshot(candidate, options.root);
    await digest(snapshot, firstSight);
    seen = signature;
  }

  async function digest(snapshot: Snapshot, firstSight: 'ship' | 'skip'): Promise<void> {
    switch (snapshot.kind) {
      case 'absent':
        situation = null;
        return suspect('history-deleted');
      case 'null-link':
        situation = {
          kind: 'unreadable',
          size: 0,
          reason: 'linked to /dev/null: this shell keeps no history',
        };
        return report('history-linked-to-null');
      case 'unreadable':
        situation = { kind: 'unreadable', size: 0, reason: snapshot.reason };
        return;
      case 'file':
        situation = { kind: 'following', size: snapshot.size };
        return digestFile(snapshot, firstSight);
    }
  }

  async function digestFile(file: Snapshot & { kind: 'file' }, firstSight: 'ship' | 'skip'): Promise<void> {
    const { hashes, ends } = linesOf(file.content);
    if (state === null) {
      const first: HistoryState = { v: 1, ino: file.ino, offset: 0, stream: randomId(), known: [] };
      if (firstSight === 'ship') return shipFrom(first, file, hashes, ends, 0);
      state = { ...first, offset: ends.at(-1) ?? 0, known: lastKnown(hashes) };
      return sink.remember(source, candidate.path, state);
    }
    if (hashes.length === 0) return suspect('history-truncated');
    suspectSinceUs = null;
    const before = ends.indexOf(state!.offset) + 1;
    const untouched =
      before > 0 && ends[before - 1] === state.offset && endsWith(hashes.slice(0, before), state.known);
    if (untouched && state.ino === file.ino) return shipFrom(state, file, hashes, ends, before);
    const rewritten: HistoryState = { ...state, ino: file.ino, stream: randomId(), offset: 0 };
    const from = firstNewLine(state.known, hashes);
    if (from === null) await replaced(file.size);
    return shipFrom(rewritten, file, hashes, ends, from ?? 0);
  }

  /** Nothing of what was known is left: cleared and written anew, or another file. */
  async function replaced(size: number): Promise<void> {
    if (size < state!.offset) await report('history-truncated');
    const reason = 'the history was replaced: nothing of what was read before is left in it';
    situation = { kind: 'following', size, reason };
  }

  async function shipFrom(
    base: HistoryState,
    file: Snapshot & { kind: 'file' },
    hashes: readonly string[],
    ends: readonly number[],
    from: number,
  ): Promise<void> {
    const { gone: _, ...current } = base;
    let line = from;
    while (line < hashes.length) {
      const start = line === 0 ? 0 : ends[line - 1]!;
      let stop = line + 1;
      while (stop < hashes.length && ends[stop]! - start <= BLOCK_BYTES) stop++;
      const end = ends[stop - 1]!;
      const next: HistoryState = { ...current, offset: end, known: lastKnown(hashes.slice(0, stop)) };
      await sink.lines({
        info: infoOf(next.stream, candidate.format),
        buffer: file.content,
        start,
        end,
        offset: start,
        observedUs: clock(),
        resume: next,
      });
      state = next;
      line = stop;
    }
    const settled = { ...current, offset: ends.at(-1) ?? 0, known: lastKnown(hashes) };
    if (JSON.stringify(settled) === JSON.stringify(state)) return;
    state = settled;
    await sink.remember(source, candidate.path, state);
  }

  async function suspect(event: HistoryEvent): Promise<void> {
    if (state === null || state.gone !== undefined || state.offset === 0) {
      suspectSinceUs = null;
      return;
    }
    suspectSinceUs ??= clock();
    if (clock() - suspectSinceUs < options.settleMs * 1_000) return;
    suspectSinceUs = null;
    await report(event);
  }

  /** One line of our own, for whoever watches for tampering. */
  async function report(event: HistoryEvent): Promise<void> {
    if (state?.gone === event) return;
    const { path, user } = candidate;
    const note = { event, path, user, before_bytes: state?.offset ?? 0 };
    const base = state ?? { v: 1, ino: '', stream: randomId(), known: [] };
    const next: HistoryState = { ...base, offset: 0, gone: event };
    const buffer = Buffer.from(`${JSON.stringify(note)}\n`);
    const info = infoOf(randomId(), 'tom-note');
    await sink.lines({
      info,
      buffer,
      start: 0,
      end: buffer.length,
      offset: 0,
      observedUs: clock(),
      resume: next,
    });
    state = next;
  }

  function infoOf(stream: string, format: string): StreamInfo {
    const { path, user } = candidate;
    return { source, key: path, kind: 'history', path, stream, format, user };
  }

  return {
    candidate,
    get state() {
      return state;
    },
    get situation() {
      return situation;
    },
    check,
  };
}

function endsWith(hashes: readonly string[], tail: readonly string[]): boolean {
  const from = hashes.length - tail.length;
  return from >= 0 && tail.every((hash, at) => hash === hashes[from + at]);
}
