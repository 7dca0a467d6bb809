import {
  type ContentEncoding,
  createLogsEncoder,
  type LogsEncoder,
  type SenderResource,
} from '@suite/protocol';
import type { LineBlock, SourceLoss, SourceSink } from '@suite/sources';
import { OpenBatch } from './open-batch.ts';
import type { SealedPart, Spool } from './spool.ts';
import { Turnstile } from './turnstile.ts';

export interface BatcherOptions {
  readonly spool: Spool;
  readonly resource: SenderResource;
  /** A body as it is sent. */
  readonly compress: (body: Buffer) => Promise<Buffer>;
  /** Called with what `compress` gave once it is durable and nobody needs it any more. */
  readonly release?: (body: Buffer) => void;
  readonly encoding: ContentEncoding;
  /** A batch is sealed at this many bytes of lines. Default 1 MiB. */
  readonly sealBytes?: number;
  /** A batch is sealed at this age. Default 15. */
  readonly sealAfterMs?: number;
  /** Batches compressed at once. Default 2. */
  readonly compressing?: number;
  /** Lines taken but not yet durable; at this many bytes, `lines` waits. Default 4 MiB. */
  readonly maxPendingBytes?: number;
  /** The spool failed for good: nothing is taken any more. Called once, not for `stop`. */
  readonly onFailure?: (error: Error) => void;
}

/** Room for the record framing around short lines; what is larger becomes several bodies of one spool record. */
const CAPACITY_PER_SEAL_BYTE = 3;

/**
 * Collects lines into batches and spools them, each with the positions that it was read up to, in order.
 *
 * Back-pressure: while 4 MiB of lines wait to become durable, `lines` waits. So it does while the spool is full:
 * then the oldest is kept and the sources wait; what they have not read stays in the files. Nothing is dropped here.
 */
export class Batcher implements SourceSink {
  private readonly options: BatcherOptions;
  private readonly spool: Spool;
  private readonly sealBytes: number;
  private readonly maxPendingBytes: number;
  private readonly idle: LogsEncoder[];
  private readonly turns = new Turnstile();
  private readonly changed = new Set<() => void>();
  private readonly stopping = new AbortController();
  private batch = new OpenBatch();
  private pendingBytes = 0;
  private appended: Promise<void> = Promise.resolve();
  private failure: Error | undefined;
  private timer: NodeJS.Timeout | undefined;
  private inBlock = false;

  constructor(options: BatcherOptions) {
    this.options = options;
    this.spool = options.spool;
    this.sealBytes = options.sealBytes ?? 1024 * 1024;
    this.maxPendingBytes = options.maxPendingBytes ?? 4 * this.sealBytes;
    const capacityBytes = this.sealBytes * CAPACITY_PER_SEAL_BYTE;
    const create = () => createLogsEncoder({ resource: options.resource, capacityBytes });
    this.idle = Array.from({ length: (options.compressing ?? 2) + 1 }, create);
  }

  lines(block: LineBlock): Promise<void> {
    return this.turns.pass(() => this.take(block));
  }

  remember(source: string, key: string, resume: unknown | null): Promise<void> {
    return this.turns.pass(async () => {
      this.assertUsable();
      this.batch.remember(source, key, resume);
      this.arm();
    });
  }

  lost(loss: SourceLoss): void {
    this.spool.ledger.lost(loss.path, loss.reason, loss.bytes, 0);
    this.arm();
  }

  resume(source: string): ReadonlyMap<string, unknown> {
    return this.spool.resume(source);
  }

  /** Resolves when all that was taken so far is durable. @throws what keeps it from becoming so. */
  async flush(): Promise<void> {
    await this.turns.pass(async () => this.seal());
    await this.appended;
    if (this.failure) throw this.failure;
  }

  /**
   * Makes what was taken durable, unless the spool has no room: that is read again after the next start.
   * May be called twice.
   */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.failure && !this.spool.full) this.seal();
    // Only an append that waits for room heeds the signal.
    this.stopping.abort(new Error('the batcher is stopped'));
    await this.appended;
    this.fail(new Error('the batcher is stopped'));
  }

  private async take(block: LineBlock): Promise<void> {
    const { info, buffer, end } = block;
    const blockBytes = end - block.start;
    if (this.batch.rawBytes > 0 && this.batch.rawBytes + blockBytes > this.sealBytes) this.seal();
    this.assertUsable();
    while (this.pendingBytes >= this.maxPendingBytes) await this.change();
    // A block is in one spool record as a whole, or its lines could become durable without its resume state.
    this.inBlock = true;
    try {
      let at = block.start;
      while (at < end) {
        const encoder = this.batch.encoder ?? (await this.takeEncoder());
        this.batch.encoder = encoder;
        const before = encoder.count;
        encoder.begin(info, block.observedUs);
        const taken = encoder.addLines(buffer, at, end, block.offset + at - block.start);
        this.batch.count(info.path, taken - at, encoder.count - before);
        this.spool.ledger.seen(info.path, taken - at, encoder.count - before);
        this.pendingBytes += taken - at;
        at = taken;
        if (at < end) this.batch.closePart((full) => this.compress(full));
      }
      this.batch.remember(info.source, info.key, block.resume);
    } finally {
      this.inBlock = false;
    }
    if (this.batch.rawBytes >= this.sealBytes) this.seal();
    else this.arm();
  }

  private arm(): void {
    if (this.failure) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.seal();
    }, this.options.sealAfterMs ?? 15);
  }

  private seal(): void {
    // A block that is being taken has the batch open; it seals or arms when it is done.
    if (this.inBlock) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const { batch } = this;
    if (batch.isEmpty && !this.spool.ledger.hasUnsaved) return;
    this.batch = new OpenBatch();
    batch.closePart((encoder) => this.compress(encoder));
    this.appended = this.appended.then(() => this.append(batch));
  }

  private async append(batch: OpenBatch): Promise<void> {
    try {
      // After a failed append nothing may follow: a later position would skip the lines that failed.
      if (this.failure) return;
      const parts: SealedPart[] = await Promise.all(batch.parts);
      const { encoding } = this.options;
      const sealed = { signal: 'logs', encoding, parts, resumes: batch.resumes } as const;
      await this.spool.append(sealed, this.stopping.signal);
      for (const { body } of parts) this.options.release?.(body);
    } catch (error) {
      this.fail(error);
    } finally {
      this.pendingBytes -= batch.rawBytes;
      this.announce();
    }
  }

  private async compress(encoder: LogsEncoder): Promise<Buffer> {
    try {
      return await this.options.compress(encoder.finish());
    } finally {
      encoder.reset();
      this.idle.push(encoder);
      this.announce();
    }
  }

  private async takeEncoder(): Promise<LogsEncoder> {
    for (;;) {
      this.assertUsable();
      const encoder = this.idle.pop();
      if (encoder) return encoder;
      await this.change();
    }
  }

  private async change(): Promise<void> {
    await new Promise<void>((resolve) => this.changed.add(resolve));
    this.assertUsable();
  }

  private announce(): void {
    for (const resolve of this.changed) resolve();
    this.changed.clear();
  }

  private assertUsable(): void {
    if (this.failure) throw this.failure;
  }

  private fail(error: unknown): void {
    if (!this.failure) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      if (!this.stopping.signal.aborted) this.options.onFailure?.(this.failure);
    }
    this.announce();
  }
}
