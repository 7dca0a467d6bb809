import { setTimeout as pause } from 'node:timers/promises';
import { PROTOBUF_CONTENT_TYPE, writeBatchIdentity } from '@suite/protocol';
import { type BackOffOptions, backOffMs, retryAfterMs } from './back-off.ts';
import { createPoster, type Poster, type PostOptions } from './post.ts';
import type { SpooledBody, SpoolOutlet } from './spool-outlet.ts';
import { judge, type Verdict } from './verdict.ts';

export interface ShipperOptions extends PostOptions {
  readonly outlet: SpoolOutlet;
  /** Agent id. */
  readonly agent: string;
  /** Bearer token, asked for with every request so that it can change; null sends none. */
  readonly token: () => string | null | Promise<string | null>;
  readonly backOff: BackOffOptions;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
}

export interface ShipperStatus {
  readonly lastAckMs: number | null;
  /** The last body that the receiver took. */
  readonly acknowledged: { readonly epoch: string; readonly sequence: number } | null;
  /** Why the body at hand is not taken, in words; null when all is well. */
  readonly error: string | null;
  readonly lastErrorMs: number | null;
  /** Failed attempts in a row. */
  readonly failures: number;
  readonly rejected: number;
}

/**
 * Sends what is in the spool, in order, one request under way at a time, again and again until the receiver takes
 * it (2xx) or refuses the body for good (then it is put aside and counted as lost). The next body is read meanwhile.
 * One shipper per opened spool.
 */
export class Shipper {
  private readonly options: ShipperOptions;
  private readonly stopping = new AbortController();
  private poster: Poster | undefined;
  private running: Promise<void> | undefined;
  private lastAckMs: number | null = null;
  private acknowledged: ShipperStatus['acknowledged'] = null;
  private error: string | null = null;
  private lastErrorMs: number | null = null;
  private failures = 0;
  private rejected = 0;

  constructor(options: ShipperOptions) {
    this.options = options;
  }

  start(): void {
    this.poster ??= createPoster(this.options);
    this.running ??= this.run().catch((error: unknown) => {
      if (!this.stopping.signal.aborted) this.note(`the spool cannot be read: ${words(error)}`);
    });
  }

  /** A request under way is given up: its body goes again, with the same identity, after the next start. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('the shipper is stopped'));
    await this.running;
    this.poster?.stop();
  }

  status(): ShipperStatus {
    const { lastAckMs, acknowledged, error, lastErrorMs, failures, rejected } = this;
    return { lastAckMs, acknowledged, error, lastErrorMs, failures, rejected };
  }

  private async run(): Promise<void> {
    const { outlet } = this.options;
    const { signal } = this.stopping;
    let next = outlet.next(signal);
    try {
      for (;;) {
        const body = await next;
        next = outlet.next(signal);
        next.catch(() => undefined);
        await this.deliver(body);
      }
    } finally {
      // Nothing reads from the spool any more when it is stopped after this.
      await next.catch(() => undefined);
    }
  }

  private async deliver(body: SpooledBody): Promise<void> {
    const { outlet, nowMs, backOff } = this.options;
    const { signal } = this.stopping;
    for (let attempts = 1; ; attempts++) {
      const { verdict, waitMs, bodySent } = await this.attempt(body);
      signal.throwIfAborted();
      if (verdict.kind === 'taken') {
        // An earlier attempt may still be letting go of its connection.
        outlet.acknowledge(body, bodySent && attempts === 1);
        this.lastAckMs = nowMs();
        this.acknowledged = { epoch: body.epoch, sequence: body.sequence };
        this.error = null;
        this.failures = 0;
        return;
      }
      this.note(verdict.reason);
      if (verdict.kind === 'refused') {
        this.rejected++;
        this.failures = 0;
        await outlet.reject(body);
        return;
      }
      await pause(backOffMs(this.failures++, waitMs, backOff), undefined, { signal });
    }
  }

  private async attempt(body: SpooledBody): Promise<Attempt> {
    const { agent, nowMs } = this.options;
    let token: string | null;
    try {
      token = await this.options.token();
    } catch (error) {
      return again(`the token cannot be had: ${words(error)}`);
    }
    try {
      const headers = {
        ...writeBatchIdentity({ agent, epoch: body.epoch, sequence: body.sequence }),
        'content-type': PROTOBUF_CONTENT_TYPE,
        ...(body.encoding === 'identity' ? {} : { 'content-encoding': body.encoding }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      };
      const answer = await this.poster!.post(`/v1/${body.signal}`, headers, body.body, this.stopping.signal);
      const waitMs = retryAfterMs(answer.retryAfter, nowMs());
      return { verdict: judge(answer.status), waitMs, bodySent: answer.bodySent };
    } catch (error) {
      return again(`no answer from the receiver: ${words(error)}`);
    }
  }

  private note(reason: string): void {
    this.error = reason;
    this.lastErrorMs = this.options.nowMs();
  }
}

interface Attempt {
  readonly verdict: Verdict;
  readonly waitMs: number;
  readonly bodySent: boolean;
}

const again = (reason: string): Attempt => ({
  verdict: { kind: 'again', reason },
  waitMs: 0,
  bodySent: false,
});

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Several addresses tried: node gives an AggregateError without a message.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error.message;
}
