import type { Journal, JournalReader } from '@suite/journal';
import type { BatchIdentity } from '@suite/protocol';
import { decodeEnvelope, encodeCheckpoint, type SequenceEntry } from './envelope.ts';

const READER = 'sequence-table';
const READ_BYTES = 4 * 1024 * 1024;
const DEFAULT_MAX_SPOOLS = 10_000;

/** What becomes of a batch. */
export type Claim =
  | { readonly kind: 'duplicate' }
  /** Settle with true when it is durable, with false when it could not be written. */
  | { readonly kind: 'new'; readonly settle: (durable: boolean) => void };

/**
 * The last sequence number seen of each agent's spool, so that a batch that is sent again is written once.
 *
 * It lives in the journal itself: every segment begins with a checkpoint of it, and the batches after that carry
 * their identities. Where the journal stands after a SIGKILL, there the table stands.
 *
 * A sender is trusted with its own numbers only: the key holds the name of its token. It must send in order and
 * not go on before it has the answer, as TOM does: of two batches, the higher number settles the lower one.
 */
export class SequenceTable {
  private readonly maxSpools: number;
  /** Least recently used first. */
  private readonly last = new Map<string, SequenceEntry>();
  private readonly underWay = new Map<string, Promise<void>>();
  private journal: Journal | null = null;
  private reader: JournalReader | null = null;
  /** Where the segment with the last checkpoint begins. */
  private checkpointAt = -1;

  constructor(options: { readonly maxSpools?: number } = {}) {
    this.maxSpools = options.maxSpools ?? DEFAULT_MAX_SPOOLS;
  }

  /**
   * For `JournalOptions.checkpoint`. Null until `load` is through: an empty table must not pass for the truth.
   */
  readonly checkpoint = (): Uint8Array | null => {
    if (this.journal === null || this.reader === null) return null;
    // One segment late: the one that is about to begin is not durable yet, and may fail to be made.
    const { head } = this.journal;
    if (this.checkpointAt >= 0 && this.checkpointAt < head) this.reader.commit(this.checkpointAt);
    this.checkpointAt = head;
    return encodeCheckpoint([...this.last.values()]);
  };

  /** Reads the last one or two segments. Call once, before the first `claim`. */
  async load(journal: Journal): Promise<void> {
    const reader = await journal.reader(READER);
    reader.seek(Math.max(reader.committed, journal.tail));
    for (;;) {
      const entries = await reader.read(READ_BYTES);
      if (entries.length === 0) break;
      for (const { payload } of entries) {
        const envelope = decodeEnvelope(payload);
        if (envelope.kind === 'checkpoint') {
          for (const entry of envelope.sequences) this.remember(entry);
        } else if (envelope.identity !== null) {
          this.remember({ sender: envelope.sender ?? '', ...envelope.identity });
        }
      }
    }
    this.reader = reader;
    this.journal = journal;
  }

  /**
   * Decides about a batch. A second one of the same spool waits until the first is settled: the same batch
   * arriving twice at once is written once, and acknowledged the second time only when it is durable.
   */
  async claim(sender: string, identity: BatchIdentity): Promise<Claim> {
    const key = keyOf(sender, identity);
    for (let other = this.underWay.get(key); other !== undefined; other = this.underWay.get(key)) await other;
    const known = this.last.get(key);
    if (known !== undefined && identity.sequence <= known.sequence) {
      this.remember(known);
      return { kind: 'duplicate' };
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.underWay.set(key, promise);
    return {
      kind: 'new',
      settle: (durable) => {
        if (durable) this.remember({ sender, ...identity });
        this.underWay.delete(key);
        resolve();
      },
    };
  }

  get size(): number {
    return this.last.size;
  }

  async stop(): Promise<void> {
    await this.reader?.stop();
  }

  private remember(entry: SequenceEntry): void {
    const key = keyOf(entry.sender, entry);
    const known = this.last.get(key);
    this.last.delete(key);
    this.last.set(key, known !== undefined && known.sequence > entry.sequence ? known : entry);
    if (this.last.size > this.maxSpools) {
      const oldest = this.last.keys().next();
      if (!oldest.done) this.last.delete(oldest.value);
    }
  }
}

function keyOf(sender: string, spool: { readonly agent: string; readonly epoch: string }): string {
  return `${sender}\0${spool.agent}\0${spool.epoch}`;
}
