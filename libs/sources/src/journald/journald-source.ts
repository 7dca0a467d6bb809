import { type ChildProcess, spawn as spawnProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Source, SourceSink, StreamStatus } from '../port.ts';
import { explainJournalctl } from './journalctl-complaint.ts';
import { cursorOf, type JournaldState, parseJournaldState } from './journald-state.ts';
import { createLineCutter } from './line-cutter.ts';

export interface JournaldSourceOptions {
  readonly name: string;
  /** Where to begin the first time: all there is, or the newest entry. */
  readonly start: 'beginning' | 'end';
  /** Default `journalctl`. */
  readonly journalctlPath?: string;
  readonly spawn?: typeof spawnProcess;
  /** Read the journal files of this directory instead of the system's. */
  readonly directory?: string;
  /** Journal fields to ship; cursor, times and boot id always come along. */
  readonly outputFields?: readonly string[];
  /** Longer entries are dropped and counted. Default 1 MiB. */
  readonly maxLineBytes?: number;
  /** First delay before a journalctl that ended is started again; doubles up to a minute. Default 1,000. */
  readonly restartDelayMs?: number;
  /** Integer microseconds. */
  readonly clock: () => number;
  readonly randomId: () => string;
  readonly logger?: { warn(context: object, message: string): void };
}

/** What formats and detectors read, and no more: the journal holds kilobytes per entry. */
export const JOURNALD_FIELDS = [
  'MESSAGE',
  'PRIORITY',
  'SYSLOG_FACILITY',
  'SYSLOG_IDENTIFIER',
  'SYSLOG_PID',
  '_PID',
  '_UID',
  '_COMM',
  '_HOSTNAME',
  '_TRANSPORT',
  '_SYSTEMD_UNIT',
  'CONTAINER_ID',
  'CONTAINER_NAME',
];

const KEY = 'journald';
const MAX_DELAY_MS = 60_000;
const COMPLAINT_BYTES = 4_096;
const CLEAN_END = 'exit code 0';
const PROBE_TIMEOUT_MS = 30_000;

/** Follows the systemd journal through journalctl(1), its cursor being the position. */
export function createJournaldSource(options: JournaldSourceOptions): Source {
  const run = options.spawn ?? spawnProcess;
  const stopping = new AbortController();
  let state: JournaldState = { v: 1, cursor: null, offset: 0, stream: '' };
  let status: Pick<StreamStatus, 'state' | 'reason'> = { state: 'waiting' };
  let running: Promise<void> = Promise.resolve();
  let child: ChildProcess | null = null;
  let reportedGone: string | null = null;

  function launch(extra: readonly string[]): ChildProcess {
    const fields = options.outputFields ?? JOURNALD_FIELDS;
    const from = options.directory === undefined ? [] : [`--directory=${options.directory}`];
    const args = [
      '--output=json',
      '--all',
      '--no-pager',
      ...from,
      `--output-fields=${fields.join(',')}`,
      ...extra,
    ];
    return run(options.journalctlPath ?? 'journalctl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /**
   * `--after-cursor` silently skips an entry when the cursor's own is gone: it steps over the nearest instead.
   * So the entry is asked for first. Null: the journal gave none, neither this one nor a later one.
   */
  async function nearest(cursor: string): Promise<string | null> {
    child = launch([`--cursor=${cursor}`, '--lines=1']);
    const timer = setTimeout(() => child?.kill('SIGKILL'), PROBE_TIMEOUT_MS);
    try {
      let line = '';
      const cutter = createLineCutter(options.maxLineBytes ?? 1_048_576, () => {});
      const complaint = collect(child);
      const ended = exitOf(child);
      for await (const chunk of child.stdout!) line += cutter.push(chunk as Buffer)?.toString('utf8') ?? '';
      const end = await ended;
      const malformed = /Failed to seek to cursor/.test(complaint());
      if (end !== CLEAN_END && !malformed) {
        throw new Error(explainJournalctl(complaint())?.reason ?? `journalctl ended (${end})`);
      }
      return cursorOf(line);
    } finally {
      clearTimeout(timer);
    }
  }

  async function startingPoint(sink: SourceSink): Promise<readonly string[]> {
    const { cursor } = state;
    if (cursor === null) return options.start === 'end' ? ['--lines=1'] : ['--no-tail'];
    const found = await nearest(cursor);
    if (stopping.signal.aborted) return [];
    if (found === cursor) return ['--no-tail', `--after-cursor=${cursor}`];
    const reason =
      'the entry read last is no longer in the journal (vacuumed or replaced): what followed it may be lost';
    status = { state: 'following', reason };
    if (reportedGone !== cursor) {
      sink.lost({ source: options.name, path: KEY, bytes: 0, reason: 'journal-vacuumed' });
    }
    reportedGone = cursor;
    return found === null ? ['--no-tail'] : ['--no-tail', `--cursor=${found}`];
  }

  /** One life of journalctl. @returns whether it gave anything. */
  async function follow(sink: SourceSink): Promise<boolean> {
    const from = await startingPoint(sink);
    if (stopping.signal.aborted) return false;
    let gave = false;
    child = launch(['--follow', ...from]);
    const ended = exitOf(child);
    const complaint = collect(child, explain);
    const cutter = createLineCutter(options.maxLineBytes ?? 1_048_576, (bytes) =>
      sink.lost({ source: options.name, path: KEY, bytes, reason: 'line-too-long' }),
    );
    for await (const chunk of child.stdout!) {
      if (stopping.signal.aborted) break;
      const lines = cutter.push(chunk as Buffer);
      if (lines === null) continue;
      await ship(sink, lines);
      if (!gave && status.reason === undefined) status = { state: 'following' };
      gave = true;
    }
    child.kill('SIGTERM');
    const end = await ended;
    if (!stopping.signal.aborted) {
      const said = explain(complaint()) ?? {
        state: 'waiting',
        reason: `journalctl ended (${end}), will be started again`,
      };
      status = said;
      options.logger?.warn({ source: options.name, end }, said.reason);
    }
    return gave;
  }

  function explain(
    complaint: string,
  ): { state: 'waiting' | 'unreadable' | 'following'; reason: string } | null {
    const said = explainJournalctl(complaint);
    if (said !== null) status = said;
    return said;
  }

  async function ship(sink: SourceSink, buffer: Buffer): Promise<void> {
    const lastLine = buffer.subarray(buffer.lastIndexOf(10, buffer.length - 2) + 1);
    const cursor = cursorOf(lastLine.toString('utf8')) ?? state.cursor;
    const next: JournaldState = { ...state, cursor, offset: state.offset + buffer.length };
    await sink.lines({
      info: {
        source: options.name,
        key: KEY,
        kind: 'journald',
        path: KEY,
        stream: state.stream,
        format: 'journald',
      },
      buffer,
      start: 0,
      end: buffer.length,
      offset: state.offset,
      observedUs: options.clock(),
      resume: next,
    });
    state = next;
  }

  async function loop(sink: SourceSink): Promise<void> {
    const firstDelayMs = options.restartDelayMs ?? 1_000;
    for (let delayMs = firstDelayMs; !stopping.signal.aborted; ) {
      const gave = await follow(sink).catch((error: NodeJS.ErrnoException) => {
        const missing = error.code === 'ENOENT';
        const reason = missing
          ? 'journalctl is not installed: install systemd, or turn journald off'
          : error.message;
        status = { state: 'unreadable', reason };
        options.logger?.warn(
          { source: options.name, error },
          'the journal cannot be read, will be tried again',
        );
        child?.kill('SIGTERM');
        return false;
      });
      if (gave) delayMs = firstDelayMs;
      await delay(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
    }
  }

  return {
    name: options.name,
    async start(sink) {
      const known = parseJournaldState(sink.resume(options.name).get(KEY));
      state = known ?? { v: 1, cursor: null, offset: 0, stream: options.randomId() };
      status = { state: 'following' };
      running = loop(sink);
    },
    async stop() {
      stopping.abort();
      child?.kill('SIGTERM');
      await running;
    },
    status: () => [
      {
        source: options.name,
        path: KEY,
        kind: 'journald',
        offset: state.offset,
        size: state.offset,
        ...status,
      },
    ],
  };
}

/** How it ended, in words; rejects where it could not be started. */
function exitOf(child: ChildProcess): Promise<string> {
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  // Awaited later; the stream of a process that never started ends first.
  ended.catch(() => {});
  return ended;
}

/** What it says on standard error, bounded. */
function collect(child: ChildProcess, onText: (text: string) => void = () => {}): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(0, COMPLAINT_BYTES);
    onText(text);
  });
  return () => text;
}
