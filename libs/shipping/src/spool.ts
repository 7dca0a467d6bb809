import {
  type Journal,
  JournalFullError,
  type JournalLoss,
  openJournal,
  openJournalReader,
} from '@suite/journal';
import type { ContentEncoding } from '@suite/protocol';
import { type Content, Ledger } from './ledger.ts';
import { RoomGate } from './room-gate.ts';
import { SpoolOutlet } from './spool-outlet.ts';
import {
  type BatchHeader,
  decodeSpoolRecord,
  encodeSpoolHeader,
  type NoteHeader,
  type Resume,
  type Signal,
} from './spool-record.ts';
import { SpoolState } from './spool-state.ts';
import { Turnstile } from './turnstile.ts';

export interface SpoolOptions {
  readonly dir: string;
  /** Default 1 GiB. When it is reached, the oldest is kept and appends wait. */
  readonly maxBytes?: number;
  readonly segmentBytes?: number;
  /** Names a new epoch: 1 to 32 of `[A-Za-z0-9]`, random. */
  readonly makeEpoch: () => string;
  readonly maxLedgerRows?: number;
  /** How often a spool without room looks for it again. Default 250. */
  readonly roomPollMs?: number;
}

/** A batch to be spooled: what was read, and the positions that it was read up to. */
export interface SealedBatch {
  readonly signal: Signal;
  readonly encoding: ContentEncoding;
  /** In order; none for a batch of resume positions alone. */
  readonly parts: readonly SealedPart[];
  readonly resumes: readonly Resume[];
}

export interface SealedPart {
  readonly body: Buffer;
  readonly records: number;
  readonly rawBytes: number;
  readonly content: Content;
}

/**
 * Batches on their way to the receiver, kept in a journal (fsync before anything counts as taken). Each has its
 * identity (epoch and sequence) from here on. One process at a time opens a spool.
 */
export interface Spool {
  readonly epoch: string;
  /** The sequence number that the next body gets. */
  readonly nextSequence: number;
  readonly sizeBytes: number;
  readonly maxBytes: number;
  /** Whether an append is waiting for room. */
  readonly full: boolean;
  readonly ledger: Ledger;
  readonly outlet: SpoolOutlet;
  /** What recovery gave up. A torn tail was never acknowledged: its lines are read again. */
  readonly damage: readonly JournalLoss[];
  /**
   * Makes the batch durable. Waits while there is no room. One call at a time, where order matters.
   * @throws the signal's reason when it aborts while waiting; the journal's error when it failed for good.
   */
  append(batch: SealedBatch, signal: AbortSignal): Promise<void>;
  /** Like `append`, but false at once when there is no room; nothing is written then. */
  tryAppend(batch: SealedBatch): Promise<boolean>;
  /** The last durable resume state of each of a source's streams, by key. */
  resume(source: string): ReadonlyMap<string, unknown>;
  stop(): Promise<void>;
}

export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const state = new SpoolState(options.makeEpoch(), new Ledger(options.maxLedgerRows));
  const damage: JournalLoss[] = [];
  const journal = await openJournal({
    dir: options.dir,
    whenFull: 'refuse',
    fsync: 'always',
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    ...(options.segmentBytes === undefined ? {} : { segmentBytes: options.segmentBytes }),
    maxRecordBytes: MAX_RECORD_BYTES,
    checkpoint: () => encodeSpoolHeader(state.checkpoint()),
    onLoss: (loss) => damage.push(loss),
  });
  try {
    const reader = await journal.reader('ship');
    await restore(options.dir, journal, reader.committed, state);
    const corrupt = damage.filter(({ reason }) => reason === 'corrupt-record');
    if (corrupt.length > 0) {
      // A batch may be gone whose number the receiver knows: its successor must not be taken for it.
      state.epoch = options.makeEpoch();
      state.nextSequence = 1;
    }
    for (const { reason, position, bytes } of corrupt) {
      if (position >= reader.committed) state.ledger.lost('spool', reason, bytes, 0);
    }
    return new JournalSpool(
      options,
      journal,
      state,
      new SpoolOutlet(options.dir, journal, reader, state),
      damage,
    );
  } catch (error) {
    await journal.stop();
    throw error;
  }
}

const DEFAULT_MAX_BYTES = 1024 * 1024 * 1024;
const MAX_RECORD_BYTES = 64 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;

async function restore(dir: string, journal: Journal, committed: number, state: SpoolState): Promise<void> {
  const reader = openJournalReader({ dir, from: journal.tail });
  const waiting: Content[] = [];
  try {
    for (;;) {
      const entries = await reader.read(READ_BYTES, journal.head);
      if (entries.length === 0) break;
      for (const { position, payload } of entries) {
        const { header } = decodeSpoolRecord(payload);
        state.replay(header);
        if (header.type !== 'batch' || position < committed) continue;
        for (const part of header.parts) waiting.push(part.content);
      }
    }
  } finally {
    await reader.stop();
  }
  state.settle(waiting);
}

class JournalSpool implements Spool {
  readonly maxBytes: number;
  readonly outlet: SpoolOutlet;
  readonly damage: readonly JournalLoss[];
  private readonly journal: Journal;
  private readonly state: SpoolState;
  private readonly gate: RoomGate;
  /** One record at a time: the next number is known only when the one before is durable. */
  private readonly turns = new Turnstile();

  constructor(
    options: SpoolOptions,
    journal: Journal,
    state: SpoolState,
    outlet: SpoolOutlet,
    damage: readonly JournalLoss[],
  ) {
    this.maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    this.journal = journal;
    this.state = state;
    this.outlet = outlet;
    this.damage = damage;
    this.gate = new RoomGate(options.roomPollMs ?? 250);
    outlet.onSettled = () => this.gate.open();
    outlet.writeNote = (note) => this.turns.pass(() => this.writeNote(note));
  }

  get epoch(): string {
    return this.state.epoch;
  }

  get nextSequence(): number {
    return this.state.nextSequence;
  }

  get sizeBytes(): number {
    return this.journal.sizeBytes;
  }

  get full(): boolean {
    return this.gate.waiting;
  }

  get ledger(): Ledger {
    return this.state.ledger;
  }

  append(batch: SealedBatch, signal: AbortSignal): Promise<void> {
    return this.gate.pass(() => this.turns.pass(() => this.write(batch)), signal);
  }

  async tryAppend(batch: SealedBatch): Promise<boolean> {
    if (this.full) return false;
    return this.turns.pass(() => this.write(batch));
  }

  resume(source: string): ReadonlyMap<string, unknown> {
    return this.state.resume(source);
  }

  async stop(): Promise<void> {
    await this.turns.pass(async () => undefined);
    await this.journal.stop();
  }

  private async write(batch: SealedBatch): Promise<boolean> {
    const losses = this.ledger.takeUnsaved();
    let header: BatchHeader | NoteHeader;
    if (batch.parts.length === 0) {
      header = { v: 1, type: 'note', resumes: batch.resumes, losses };
    } else {
      const { epoch, nextSequence } = this.state;
      const { signal, encoding, resumes } = batch;
      const parts = batch.parts.map(({ body, records, rawBytes, content }, index) => {
        return { sequence: nextSequence + index, records, rawBytes, bodyBytes: body.length, content };
      });
      header = { v: 1, type: 'batch', epoch, signal, encoding, parts, resumes, losses };
    }
    return this.commit(
      header,
      batch.parts.map(({ body }) => body),
    );
  }

  /** A note that finds no room is left out: its losses go with the next record. */
  private async writeNote(settled: readonly [string, number]): Promise<void> {
    const losses = this.ledger.takeUnsaved();
    await this.commit({ v: 1, type: 'note', resumes: [], losses, settled }, []);
  }

  private async commit(header: BatchHeader | NoteHeader, bodies: readonly Buffer[]): Promise<boolean> {
    try {
      await this.journal.append([encodeSpoolHeader(header), ...bodies]);
    } catch (error) {
      this.ledger.returnUnsaved(header.losses);
      if (error instanceof JournalFullError) return false;
      throw error;
    }
    this.ledger.saved(header.losses);
    this.state.apply(header);
    return true;
  }
}
