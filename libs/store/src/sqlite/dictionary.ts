import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

const CACHE_LIMIT = 50_000;

/** A table that gives a row of strings a small integer, remembered in memory. */
export class Dictionary {
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #known = new Map<string, number>();

  /** Table and columns come from code, never from data. The columns must have a unique index. */
  constructor(db: DatabaseSync, table: string, columns: readonly string[]) {
    const marks = columns.map(() => '?').join(', ');
    this.#insert = db.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
    this.#select = db.prepare(
      `SELECT id FROM ${table} WHERE ${columns.map((c) => `${c} = ?`).join(' AND ')}`,
    );
  }

  id(key: string, values: readonly SQLInputValue[]): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#insert.run(...values);
    const id = Number(this.#select.get(...values)?.id);
    if (this.#known.size >= CACHE_LIMIT) this.#known.clear();
    this.#known.set(key, id);
    return id;
  }

  /** After a rollback the ids given since may not exist. */
  forget(): void {
    this.#known.clear();
  }
}
