import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Low bits of a record's key: how many records of one microsecond stand in order before they spill. */
export const ORDER_BITS = 10n;
const ORDER_SLOTS = 1 << Number(ORDER_BITS);

/**
 * Gives out record keys: the time in microseconds, then ten bits of arrival order. Logs with whole seconds put
 * thousands of lines on one microsecond; what does not fit spills into the following ones, in order, and
 * `spillUs` tells how far, so that a reader widens its walk by as much.
 *
 * Times are integers within ±2^53, so keys fit SQLite's 64 bits.
 */
export class TimeKeys {
  /** The farthest that a key stands behind its time. */
  spillUs = 0;
  readonly #last: StatementSync;
  #newestUs = Number.NEGATIVE_INFINITY;
  #runUs = Number.NaN;
  #blockUs = 0;
  #slot = 0;

  constructor(db: DatabaseSync) {
    this.#last = db.prepare(
      'SELECT max(id) & 1023 AS slot FROM record WHERE id BETWEEN CAST(? AS INTEGER) << 10 AND (CAST(? AS INTEGER) << 10) + 1023',
    );
    this.forget(db);
  }

  /** Starts over from what the database holds, after a rollback. */
  forget(db: DatabaseSync): void {
    const newest = db.prepare('SELECT max(id) >> 10 AS us FROM record').get()?.us;
    this.#newestUs = typeof newest === 'number' ? newest : Number.NEGATIVE_INFINITY;
    this.#runUs = Number.NaN;
    this.spillUs = Number(db.prepare('SELECT spill_us FROM progress').get()?.spill_us ?? 0);
  }

  /** A free key for a record of that time, after all others of the same time. */
  next(timeUs: number): bigint {
    if (timeUs !== this.#runUs) {
      this.#runUs = timeUs;
      this.#enterBlock(timeUs);
    }
    while (this.#slot >= ORDER_SLOTS) this.#enterBlock(this.#blockUs + 1);
    const spill = this.#blockUs - timeUs;
    if (spill > this.spillUs) this.spillUs = spill;
    const key = (BigInt(this.#blockUs) << ORDER_BITS) | BigInt(this.#slot);
    this.#slot += 1;
    return key;
  }

  #enterBlock(us: number): void {
    this.#blockUs = us;
    this.#slot = 0;
    if (us > this.#newestUs) {
      this.#newestUs = us;
      return;
    }
    const slot = this.#last.get(us, us)?.slot;
    if (typeof slot === 'number') this.#slot = slot + 1;
  }
}
