import type { Content, Ledger } from './ledger.ts';
import type { CheckpointHeader, Resume, SpoolHeader } from './spool-record.ts';

/** What a spool's records amount to, in the order in which they were written. */
export class SpoolState {
  epoch: string;
  nextSequence = 1;
  settled: readonly [epoch: string, sequence: number] | undefined;
  readonly ledger: Ledger;
  private readonly resumes = new Map<string, Map<string, unknown>>();

  constructor(epoch: string, ledger: Ledger) {
    this.epoch = epoch;
    this.ledger = ledger;
  }

  /** Takes in a record that was read back, its losses included. */
  replay(header: SpoolHeader): void {
    if (header.type === 'checkpoint') {
      this.epoch = header.epoch;
      this.nextSequence = header.nextSequence;
      this.settled = header.settled;
      this.resumes.clear();
      this.ledger.restore(header.rows);
    } else {
      this.ledger.replay(header.losses);
    }
    this.apply(header);
  }

  /** Takes in a record that has just become durable; its losses are in the ledger already. */
  apply(header: SpoolHeader): void {
    if (header.type === 'batch') {
      this.epoch = header.epoch;
      for (const part of header.parts) {
        this.nextSequence = part.sequence + 1;
        this.ledger.spooled(part.content);
      }
    } else if (header.settled) {
      this.settled = header.settled;
    }
    for (const [source, key, resume] of header.resumes) this.setResume(source, key, resume);
  }

  resume(source: string): ReadonlyMap<string, unknown> {
    return new Map(this.resumes.get(source));
  }

  checkpoint(): CheckpointHeader {
    const resumes: Resume[] = [];
    for (const [source, keys] of this.resumes) {
      for (const [key, resume] of keys) resumes.push([source, key, resume]);
    }
    const { epoch, nextSequence, settled } = this;
    const base = {
      v: 1,
      type: 'checkpoint',
      epoch,
      nextSequence,
      resumes,
      rows: this.ledger.savedRows(),
    } as const;
    return settled ? { ...base, settled } : base;
  }

  /** See Ledger.settle. */
  settle(waiting: readonly Content[]): void {
    this.ledger.settle(waiting);
  }

  private setResume(source: string, key: string, resume: unknown): void {
    const keys = this.resumes.get(source) ?? new Map<string, unknown>();
    this.resumes.set(source, keys);
    if (resume === null) keys.delete(key);
    else keys.set(key, resume);
  }
}
