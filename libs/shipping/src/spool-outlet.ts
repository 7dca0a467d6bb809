import { join } from 'node:path';
import { type Journal, type JournalReader, releaseBuffer } from '@suite/journal';
import type { ContentEncoding } from '@suite/protocol';
import { type Content, REJECTED } from './ledger.ts';
import { keepRejected } from './rejected-folder.ts';
import { decodeSpoolRecord, type Signal } from './spool-record.ts';
import type { SpoolState } from './spool-state.ts';

/** One request's worth, as it lies in the spool. */
export interface SpooledBody {
  readonly epoch: string;
  readonly sequence: number;
  readonly signal: Signal;
  readonly encoding: ContentEncoding;
  readonly records: number;
  readonly rawBytes: number;
  readonly content: Content;
  readonly body: Buffer;
  /** Position to commit when it is settled; null while later bodies of the same record are not. */
  readonly commit: number | null;
  /** No other body shares its memory. */
  readonly alone: boolean;
}

/** The end of the spool that is shipped from: bodies in order, each settled before the next. */
export class SpoolOutlet {
  onSettled: () => void = () => undefined;
  writeNote: (settled: readonly [string, number]) => Promise<void> = async () => undefined;
  /** The last one acknowledged or rejected. */
  lastSettled: { readonly epoch: string; readonly sequence: number } | undefined;
  private readonly dir: string;
  private readonly journal: Journal;
  private readonly reader: JournalReader;
  private readonly state: SpoolState;
  private ready: SpooledBody[] = [];
  /** Bodies handed out and not settled. */
  private open = 0;
  private skippedTo = 0;

  constructor(dir: string, journal: Journal, reader: JournalReader, state: SpoolState) {
    this.dir = dir;
    this.journal = journal;
    this.reader = reader;
    this.state = state;
  }

  /** The next body, when there is one. One call at a time. @throws the signal's reason when it aborts. */
  async next(signal: AbortSignal): Promise<SpooledBody> {
    for (;;) {
      const body = this.ready.shift();
      if (body) {
        this.open++;
        return body;
      }
      signal.throwIfAborted();
      const entries = await this.reader.read(1);
      if (entries.length === 0) await this.journal.waitForHead(this.reader.position, signal);
      for (const { payload, next } of entries) this.unpack(payload, next);
    }
  }

  /**
   * @param released the sender holds on to the body's bytes no longer: their memory is given back, when it was the
   *   only body of its record. Nobody may read them after this.
   */
  acknowledge(body: SpooledBody, released = false): void {
    this.state.ledger.acknowledged(body.content);
    this.settle(body);
    if (released && body.alone) releaseBuffer(body.body);
  }

  /** Puts a body that the receiver refuses for good aside and counts it as lost. */
  async reject(body: SpooledBody): Promise<void> {
    const suffix = body.encoding === 'identity' ? '' : `.${body.encoding}`;
    const name = `${body.epoch}-${String(body.sequence).padStart(16, '0')}.${body.signal}.otlp${suffix}`;
    // Without room for the copy the loss is counted all the same; the queue must not stop here.
    await keepRejected(join(this.dir, 'rejected'), name, body.body).catch(() => undefined);
    for (const [path, bytes, records] of body.content) this.state.ledger.lost(path, REJECTED, bytes, records);
    this.settle(body);
    await this.writeNote([body.epoch, body.sequence]);
  }

  private settle(body: SpooledBody): void {
    this.open--;
    this.lastSettled = { epoch: body.epoch, sequence: body.sequence };
    if (body.commit === null) return;
    this.reader.commit(body.commit);
    this.commitSkipped();
    this.onSettled();
  }

  private unpack(payload: Buffer, next: number): void {
    const { header, bodyStart } = decodeSpoolRecord(payload);
    let at = bodyStart;
    const parts = header.type === 'batch' ? header.parts : [];
    const [settledEpoch, settledSequence] = this.state.settled ?? ['', 0];
    for (const { sequence, records, rawBytes, content, bodyBytes } of parts) {
      if (header.type !== 'batch') return;
      const { epoch, signal, encoding } = header;
      const body = payload.subarray(at, at + bodyBytes);
      at += bodyBytes;
      // Rejected before a restart, and counted: the committed position is written a little later than that.
      if (epoch === settledEpoch && sequence <= settledSequence) continue;
      const commit = sequence === parts.at(-1)!.sequence ? next : null;
      const alone = parts.length === 1;
      this.ready.push({ epoch, sequence, signal, encoding, records, rawBytes, content, body, commit, alone });
    }
    if (this.ready.length > 0) return;
    this.skippedTo = next;
    this.commitSkipped();
  }

  /** Records with nothing to send are done with as soon as what is before them is. */
  private commitSkipped(): void {
    if (this.open === 0 && this.ready.length === 0) this.reader.commit(this.skippedTo);
  }
}
