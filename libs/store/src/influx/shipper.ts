import type { JournalReader } from '@suite/journal';
import type { LineSender } from './line-sender.ts';
import { splitPoints } from './line-split.ts';
import { decodeQueueRecord } from './queue-record.ts';

export interface ShipperOptions {
  readonly reader: JournalReader;
  readonly sender: LineSender;
  /** Resolves when there is more than up to `position`, rejects when the signal aborts. */
  readonly waitForMore: (position: number, signal: AbortSignal) => Promise<void>;
  readonly onRefused: (refused: { readonly points: number; readonly reason: string }) => void;
  readonly firstRetryMs: number;
  readonly maxRetryMs: number;
}

const READ_BYTES = 4 * 1024 * 1024;

/** Takes the queue in order and writes it, for ever; moves on only when the server has it or refused it for good. */
export class Shipper {
  rejectedPoints = 0;
  lastError: string | null = null;
  lastRefusal: string | null = null;
  readonly #options: ShipperOptions;
  readonly #abort = new AbortController();
  #running: Promise<void> | null = null;

  constructor(options: ShipperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { reader, firstRetryMs, maxRetryMs } = this.#options;
    const { signal } = this.#abort;
    let retryMs = firstRetryMs;
    while (!signal.aborted) {
      try {
        if (!(await this.#shipSome())) await this.#options.waitForMore(reader.position, signal);
        retryMs = firstRetryMs;
      } catch (error) {
        if (signal.aborted) return;
        this.lastError = error instanceof Error ? error.message || error.name : String(error);
        reader.seek(reader.committed);
        await pause(retryMs, signal);
        retryMs = Math.min(maxRetryMs, retryMs * 2);
      }
    }
  }

  /** @returns whether there was anything. */
  async #shipSome(): Promise<boolean> {
    const { reader } = this.#options;
    const entries = await reader.read(READ_BYTES);
    const last = entries.at(-1);
    if (last === undefined) return false;
    const parts: string[] = [];
    for (const { payload } of entries) {
      const { header, lines } = decodeQueueRecord(payload);
      if (header.points > 0) parts.push(lines.toString('utf8'));
    }
    if (parts.length > 0) await this.#write(parts.join('\n'));
    if (this.#abort.signal.aborted) return true;
    this.lastError = null;
    reader.commit(last.next);
    return true;
  }

  /** Halves what the server refuses without saying how much, until the points that it means stand alone. */
  async #write(lines: string): Promise<void> {
    const result = await untilAborted(this.#options.sender.send(lines), this.#abort.signal);
    if (result.kind === 'written') return;
    if (result.dropped !== null && result.dropped > 0) return this.#refused(result.dropped, result.reason);
    const points = splitPoints(lines);
    if (points.length <= 1) return this.#refused(1, result.reason);
    const middle = points.length >> 1;
    await this.#write(points.slice(0, middle).join('\n'));
    await this.#write(points.slice(middle).join('\n'));
  }

  #refused(points: number, reason: string): void {
    this.rejectedPoints += points;
    this.lastRefusal = reason;
    this.#options.onRefused({ points, reason });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** The client cannot cancel a request: leave it to its timeout. What it wrote is written again, to no effect. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
