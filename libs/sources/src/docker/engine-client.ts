import type { IncomingMessage } from 'node:http';
import { createLineCutter } from '../journald/line-cutter.ts';
import { textAt } from './engine-answer.ts';

/** Docker's Engine API over its unix socket: GET requests alone. */
export interface EngineClient {
  /**
   * An answer's JSON; null when the engine does not know it (404).
   *
   * @throws on any other status, a body past the bound or that is no JSON, and when it takes too long.
   */
  get(path: string): Promise<unknown>;
  /**
   * Events from a time on, and then, without an end, as they happen until the engine or `stop` ends it. `onLines` is
   * awaited before more is read. Lines past the bound are dropped.
   */
  events(window: EventWindow, onLines: (lines: readonly string[]) => Promise<void>): Promise<void>;
  stop(): void;
}

export interface EventWindow {
  /** Seconds since the epoch, inclusive. The engine remembers its last 256 events. */
  readonly sinceSec: number;
  /** The answer ends there; without it, it goes on. */
  readonly untilSec?: number;
  /** The engine has begun to answer. */
  readonly onOpen?: () => void;
}

export interface EngineClientOptions {
  readonly socketPath: string;
  /** For an answer as a whole, and for the beginning of the stream of events. Default 15,000. */
  readonly timeoutMs?: number;
  /** Default 4 MiB. */
  readonly answerBytes?: number;
  /** Default 256 KiB. */
  readonly lineBytes?: number;
}

/** The newest version of the API that this is written for; an older engine is spoken to in its own. */
const NEWEST = [1, 51] as const;

export function createEngineClient(options: EngineClientOptions): EngineClient {
  const { socketPath, timeoutMs = 15_000, answerBytes = 4 * 1024 * 1024, lineBytes = 256 * 1024 } = options;
  const stopping = new AbortController();
  let prefix: string | null = null;

  /** @param deadline of the answer's head; the body is the caller's. */
  function request(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    // Not imported: node:http as a module evaluates all of its exports, which costs megabytes.
    const http = process.getBuiltinModule('node:http');
    return new Promise((resolve, reject) => {
      const sent = http.request(
        { socketPath, path, headers: { host: 'docker' }, agent: false, signal },
        resolve,
      );
      sent.once('error', reject);
      sent.end();
    });
  }

  async function getRaw(path: string): Promise<unknown> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const response = await request(path, AbortSignal.any([stopping.signal, timeout]));
    const { statusCode } = response;
    if (statusCode !== 200) {
      response.destroy();
      if (statusCode === 404) return null;
      throw new Error(`docker answered ${statusCode} to ${path.replace(/\?.*/, '')}`);
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > answerBytes)
        throw new Error(`docker's answer to ${path} is larger than ${answerBytes} bytes`);
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  }

  async function versioned(path: string): Promise<string> {
    prefix ??= `/v${commonVersion(textAt(await getRaw('/version'), 'ApiVersion'))}`;
    return prefix + path;
  }

  return {
    async get(path) {
      return getRaw(await versioned(path));
    },
    async events({ sinceSec, untilSec, onOpen }, onLines) {
      const until = untilSec === undefined ? '' : `&until=${untilSec.toFixed(6)}`;
      const path = await versioned(`/events?since=${sinceSec}${until}`);
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(new Error('docker does not answer')), timeoutMs);
      let response: IncomingMessage;
      try {
        response = await request(path, AbortSignal.any([stopping.signal, late.signal]));
      } finally {
        clearTimeout(timer);
      }
      if (response.statusCode !== 200) {
        response.destroy();
        throw new Error(`docker answered ${response.statusCode} to /events`);
      }
      onOpen?.();
      const cutter = createLineCutter(lineBytes, () => {});
      for await (const chunk of response as AsyncIterable<Buffer>) {
        const whole = cutter.push(chunk);
        if (whole !== null) await onLines(whole.toString('utf8').split('\n').filter(Boolean));
      }
    },
    stop: () => stopping.abort(),
  };
}

function commonVersion(theirs: string | undefined): string {
  const match = /^(\d{1,3})\.(\d{1,3})$/.exec(theirs ?? '');
  if (match === null) throw new Error('what answers at the socket is no Docker engine');
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const isOlder = major < NEWEST[0] || (major === NEWEST[0] && minor < NEWEST[1]);
  return isOlder ? `${major}.${minor}` : NEWEST.join('.');
}
