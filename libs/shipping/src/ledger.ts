/** One path's account. Bytes and records are of lines as read, each with its line end. */
export interface LedgerRow {
  readonly path: string;
  readonly seenBytes: number;
  readonly seenRecords: number;
  readonly spooledBytes: number;
  readonly spooledRecords: number;
  readonly acknowledgedBytes: number;
  readonly acknowledgedRecords: number;
  readonly lost: Readonly<Record<string, Amount>>;
}

export interface Amount {
  readonly bytes: number;
  readonly records: number;
}

/** What one body holds of each path: `[path, bytes, records]`. */
export type Content = readonly (readonly [path: string, bytes: number, records: number])[];
/** `[path, reason, bytes, records]`. */
export type Loss = readonly [path: string, reason: string, bytes: number, records: number];

/** Losses of batches that were spooled first: what is neither waiting nor here was acknowledged. */
export const REJECTED = 'rejected';
const OTHER = 'other';
const DEFAULT_MAX_ROWS = 256;

type Lost = Record<string, { bytes: number; records: number }>;

interface Row {
  path: string;
  seenBytes: number;
  seenRecords: number;
  spooledBytes: number;
  spooledRecords: number;
  acknowledgedBytes: number;
  acknowledgedRecords: number;
  lost: Lost;
  /** The part of `lost` that spool records tell. */
  savedLost: Lost;
}

/** Bytes and records seen, spooled, acknowledged and lost, per path; paths over the limit share the row `other`. */
export class Ledger {
  private readonly maxRows: number;
  private table = new Map<string, Row>();
  private unsaved: Loss[] = [];

  constructor(maxRows = DEFAULT_MAX_ROWS) {
    this.maxRows = maxRows;
  }

  seen(path: string, bytes: number, records: number): void {
    const row = this.row(path);
    row.seenBytes += bytes;
    row.seenRecords += records;
  }

  spooled(content: Content): void {
    for (const [path, bytes, records] of content) {
      const row = this.row(path);
      row.spooledBytes += bytes;
      row.spooledRecords += records;
    }
  }

  acknowledged(content: Content): void {
    for (const [path, bytes, records] of content) {
      const row = this.row(path);
      row.acknowledgedBytes += bytes;
      row.acknowledgedRecords += records;
    }
  }

  /** Counts a loss; it is kept over restarts from the next spool record on. */
  lost(path: string, reason: string, bytes: number, records: number): void {
    add(this.row(path).lost, reason, bytes, records);
    const same = this.unsaved.findIndex((loss) => loss[0] === path && loss[1] === reason);
    const before = same < 0 ? undefined : this.unsaved.splice(same, 1)[0];
    this.unsaved.push([path, reason, bytes + (before?.[2] ?? 0), records + (before?.[3] ?? 0)]);
    if (this.unsaved.length > this.maxRows) this.foldUnsaved();
  }

  /** Losses given by `takeUnsaved` are durable now. */
  saved(losses: readonly Loss[]): void {
    for (const [path, reason, bytes, records] of losses)
      add(this.row(path).savedLost, reason, bytes, records);
  }

  /** Losses read back from a spool record. */
  replay(losses: readonly Loss[]): void {
    for (const [path, reason, bytes, records] of losses) add(this.row(path).lost, reason, bytes, records);
    this.saved(losses);
  }

  get hasUnsaved(): boolean {
    return this.unsaved.length > 0;
  }

  /** Losses since the last call, to be written with the next spool record. */
  takeUnsaved(): Loss[] {
    const losses = this.unsaved;
    this.unsaved = [];
    return losses;
  }

  /** Gives back losses whose record could not be written. */
  returnUnsaved(losses: readonly Loss[]): void {
    this.unsaved = [...losses, ...this.unsaved];
  }

  rows(): LedgerRow[] {
    return [...this.table.values()].map(({ savedLost, ...row }) => ({
      ...row,
      lost: structuredClone(row.lost),
    }));
  }

  /** Rows for a checkpoint: without the losses that a later record will tell. */
  savedRows(): LedgerRow[] {
    return [...this.table.values()].map(({ savedLost, ...row }) => ({
      ...row,
      lost: structuredClone(savedLost),
    }));
  }

  /** Replaces everything from a checkpoint. */
  restore(rows: readonly LedgerRow[]): void {
    this.table = new Map(
      rows.map((row) => [
        row.path,
        { ...row, lost: structuredClone(row.lost), savedLost: structuredClone(row.lost) },
      ]),
    );
  }

  /**
   * After a restart: what was seen but not spooled is read again, and what is not waiting any more was taken.
   * @param waiting contents of the spooled batches that are neither acknowledged nor rejected.
   */
  settle(waiting: readonly Content[]): void {
    for (const row of this.table.values()) {
      const gone = row.lost[REJECTED] ?? { bytes: 0, records: 0 };
      row.seenBytes = row.spooledBytes;
      row.seenRecords = row.spooledRecords;
      row.acknowledgedBytes = row.spooledBytes - gone.bytes;
      row.acknowledgedRecords = row.spooledRecords - gone.records;
    }
    for (const content of waiting) {
      this.acknowledged(content.map(([path, bytes, records]) => [path, -bytes, -records]));
    }
  }

  private row(path: string): Row {
    const key = this.table.has(path) || this.table.size < this.maxRows ? path : OTHER;
    let row = this.table.get(key);
    if (!row) {
      row = {
        path: key,
        seenBytes: 0,
        seenRecords: 0,
        spooledBytes: 0,
        spooledRecords: 0,
        acknowledgedBytes: 0,
        acknowledgedRecords: 0,
        lost: {},
        savedLost: {},
      };
      this.table.set(key, row);
    }
    return row;
  }

  private foldUnsaved(): void {
    const byReason = new Map<string, Loss>();
    for (const [, reason, bytes, records] of this.unsaved) {
      const sum = byReason.get(reason);
      byReason.set(reason, [OTHER, reason, bytes + (sum?.[2] ?? 0), records + (sum?.[3] ?? 0)]);
    }
    this.unsaved = [...byReason.values()];
  }
}

function add(lost: Lost, reason: string, bytes: number, records: number): void {
  lost[reason] ??= { bytes: 0, records: 0 };
  lost[reason].bytes += bytes;
  lost[reason].records += records;
}
