import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RetentionResult } from '../port.ts';
import { fileBytes, usedBytes } from './size.ts';
import { ORDER_BITS } from './time-key.ts';

export interface RetentionLimits {
  /** Records, samples, detections and incidents older than this go. */
  readonly ageMs: number;
  /**
   * The oldest records go while the pages in use are more than this, or more than the disk has room for with what
   * merging the full-text index needs: a limit larger than the disk must not stop the store.
   */
  readonly sizeBytes: number;
}

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Left to the journal, the write-ahead log and others; an eighth of a small disk. */
const RESERVE_BYTES = 256 * 1024 * 1024;
/** The full-text index is about a third of the file, and a merge writes the new one before it drops the old. */
const MERGE_GROWTH = 1.4;

/** Incidents that are kept, some KiB each. */
const INCIDENTS = 100_000;
const CHUNK = 2_000;
/** Below the limit by this share, so that a full store does not delete at every call. */
const TARGET_SHARE = 0.95;
/** Pages of the full-text index to merge after a round of deletions: that is when the words' room comes free. */
const MERGE_PAGES = 500;

/**
 * Deletes the oldest in short transactions and lets go of the thread between them, so that commits go on.
 * Freed pages are reused; the file does not shrink. Counts per minute stay.
 */
export class Retention {
  /** Records that the last call dropped, also when it failed half-way. */
  dropped = 0;
  readonly #db: DatabaseSync;
  readonly #limits: RetentionLimits;
  readonly #disk: () => DiskSpace;
  readonly #oldest: StatementSync;
  readonly #dropWords: StatementSync;
  readonly #dropRecords: StatementSync;
  readonly #count: StatementSync;
  readonly #merge: StatementSync;

  constructor(db: DatabaseSync, limits: RetentionLimits, disk: () => DiskSpace) {
    this.#db = db;
    this.#limits = limits;
    this.#disk = disk;
    this.#oldest = db.prepare(
      'SELECT max(id) AS id, count(*) AS n FROM (SELECT id FROM record WHERE id < ? ORDER BY id LIMIT ?)',
    );
    this.#oldest.setReadBigInts(true);
    this.#dropWords = db.prepare(
      'DELETE FROM line_index WHERE rowid IN (SELECT id FROM record WHERE id <= ?)',
    );
    this.#dropRecords = db.prepare('DELETE FROM record WHERE id <= ?');
    this.#count = db.prepare('UPDATE progress SET records = max(0, records - ?)');
    this.#merge = db.prepare("INSERT INTO line_index (line_index, rank) VALUES ('merge', ?)");
  }

  async enforce(nowUs: number, stopped: () => boolean): Promise<RetentionResult> {
    const beforeUs = Math.max(-(2 ** 53), Math.floor(nowUs - this.#limits.ageMs * 1_000));
    this.dropped = 0;
    await this.#dropRecordsBefore(BigInt(beforeUs) << ORDER_BITS, stopped);
    if (!stopped()) this.#dropOthersBefore(beforeUs);
    if (!stopped()) await this.#dropToSize(stopped);
    return { recordsDropped: this.dropped, sizeBytes: stopped() ? 0 : usedBytes(this.#db) };
  }

  async #dropRecordsBefore(key: bigint, stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const chunk = this.#dropOldest(key, CHUNK);
      if (chunk < CHUNK) break;
      await breath();
    }
  }

  /**
   * By proportion first (the words' room comes free only when FTS5 merges), then again with what is left over,
   * a few rounds at most: the next call goes on.
   */
  async #dropToSize(stopped: () => boolean): Promise<void> {
    for (let round = 0; round < 4 && !stopped(); round += 1) {
      const used = usedBytes(this.#db);
      const limit = this.#sizeLimit();
      if (used <= limit) break;
      const share = 1 - (limit * TARGET_SHARE) / used;
      const records = Number(this.#db.prepare('SELECT records FROM progress').get()?.records ?? 0);
      let left = Math.ceil(records * share);
      while (left > 0 && !stopped()) {
        const chunk = this.#dropOldest(2n ** 63n - 1n, Math.min(CHUNK, left));
        if (chunk === 0) return;
        left -= chunk;
        await breath();
      }
      if (!stopped()) this.#merge.run(MERGE_PAGES);
    }
  }

  /** What is free in the file counts as free on the disk: it is written first. */
  #sizeLimit(): number {
    const { freeBytes, totalBytes } = this.#disk();
    const available = freeBytes + fileBytes(this.#db);
    const reserve = Math.min(RESERVE_BYTES, totalBytes / 8);
    return Math.max(0, Math.min(this.#limits.sizeBytes, (available - reserve) / MERGE_GROWTH));
  }

  #dropOldest(beforeKey: bigint, limit: number): number {
    const count = this.#transaction(() => {
      const { id, n } = this.#oldest.get(beforeKey, limit) ?? {};
      if (typeof id !== 'bigint') return 0;
      this.#dropWords.run(id);
      this.#dropRecords.run(id);
      this.#count.run(Number(n));
      return Number(n);
    });
    this.dropped += count;
    return count;
  }

  #dropOthersBefore(beforeUs: number): void {
    this.#transaction(() => {
      const db = this.#db;
      db.prepare('DELETE FROM sample WHERE series_id IN (SELECT id FROM series) AND time_us < ?').run(
        beforeUs,
      );
      db.prepare('DELETE FROM detection WHERE id IN (SELECT id FROM latest_detection WHERE time_us < ?)').run(
        beforeUs,
      );
      const { changes } = db.prepare('DELETE FROM latest_detection WHERE time_us < ?').run(beforeUs);
      this.#dropIncidentsBefore(beforeUs);
      db.prepare('UPDATE progress SET detections = max(0, detections - ?)').run(changes);
    });
  }

  /** Beyond the newest 100,000 they go too: a flood of attackers must not fill the disk with their stories. */
  #dropIncidentsBefore(beforeUs: number): void {
    const db = this.#db;
    const last = db
      .prepare('SELECT last_us FROM incident ORDER BY last_us DESC LIMIT 1 OFFSET ?')
      .get(INCIDENTS);
    const limitUs = Math.max(beforeUs, Number(last?.last_us ?? beforeUs));
    const old = 'SELECT id FROM incident WHERE last_us < ?';
    db.prepare(`DELETE FROM incident_entity WHERE id IN (${old})`).run(limitUs);
    db.prepare('DELETE FROM incident WHERE last_us < ?').run(limitUs);
  }

  #transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
