import { DatabaseSync } from 'node:sqlite';
import { makePrivateDatabase } from '@suite/config/private-file';
import { type BookStatements, prepareBook, SCHEMA } from './book-sql.ts';
import type { Decision, Wanted } from './decision.ts';

/** A decision is remembered so long after it ran out: it lengthens the next one of the same address. */
const REMEMBER_US = 30 * 86_400e6;
/** What a bouncer may have missed when an answer was lost is told again so long. */
const AGAIN_US = 60e6;
/** Decisions remembered, as a multiple of those that may hold at once; the oldest that are over are forgotten first. */
const REMEMBERED = 4;
/** What is too old or too much is looked for once in so many decisions: it costs more than one. */
const FORGET_EVERY = 256;

/** What a bouncer has to add and to take away, since it asked last. */
export interface Changes {
  readonly added: readonly Decision[];
  readonly removed: readonly Decision[];
}

export interface BookOptions {
  /** Database file (made 0600); `:memory:` keeps nothing. */
  readonly path: string;
  /** Active decisions at once; beyond it the one that runs out first makes room, an operator's last. */
  readonly maxActive: number;
}

/**
 * The decisions, durable: a restart forgets none. One writer. Every method takes the time; nothing here asks a clock.
 */
export class DecisionBook {
  readonly #db: DatabaseSync;
  readonly #maxActive: number;
  readonly #statements: BookStatements;
  /** Decisions that fit in before somebody has to count. */
  #room = 0;

  constructor(options: BookOptions) {
    makePrivateDatabase(options.path);
    this.#db = new DatabaseSync(options.path);
    this.#maxActive = options.maxActive;
    try {
      this.#db.exec(SCHEMA);
      this.#statements = prepareBook(this.#db);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /**
   * Idempotent by `wanted.key`. An address that is banned already is banned for longer when the new end is later:
   * the old decision ends and a new one begins, which is how bouncers understand it.
   * @returns the new decision, or null when there was nothing to do.
   */
  add(wanted: Wanted): Decision | null {
    const now = wanted.createdUs;
    if (wanted.key !== '' && this.#statements.known.get(wanted.key)) return null;
    const before = this.of(wanted.value, now).at(-1);
    if (before && before.untilUs >= wanted.untilUs) return null;
    return this.together(() => {
      if (before) this.#statements.end.run(now, before.id);
      const { lastInsertRowid } = this.#statements.insert.run({
        key: wanted.key === '' ? null : wanted.key,
        scope: wanted.scope,
        value: wanted.value,
        origin: wanted.origin,
        scenario: wanted.scenario,
        detection: wanted.detectionId,
        reason: wanted.reason.slice(0, 2000),
        created: now,
        until: wanted.untilUs,
      });
      if (!before) this.#room -= 1;
      if (this.#room < 0) this.#makeRoom(now);
      if (Number(lastInsertRowid) % FORGET_EVERY === 0) this.#forget(now);
      return this.#one(Number(lastInsertRowid));
    });
  }

  /** Does several things at the cost of one write to the disk; when one throws, none of them was done. */
  together<T>(work: () => T): T {
    if (this.#db.isTransaction) return work();
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk ends a transaction by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      this.#room = 0;
      throw error;
    }
  }

  /** Takes back every active decision of an address or network. @returns what was taken back. */
  remove(value: string, nowUs: number): readonly Decision[] {
    const ended = this.of(value, nowUs);
    for (const { id } of ended) this.#statements.end.run(nowUs, id);
    return ended;
  }

  /** What holds now for exactly this address or network, the one that holds longest last. */
  of(value: string, nowUs: number): readonly Decision[] {
    return this.#statements.of.all(value, nowUs).map(decisionOf);
  }

  /** What holds now, oldest first: all of it, or the newest `limit`. */
  active(nowUs: number, limit = Number.MAX_SAFE_INTEGER): readonly Decision[] {
    return this.#statements.active.all(nowUs, limit).map(decisionOf);
  }

  activeCount(nowUs: number): number {
    return Number(this.#statements.count.get(nowUs)!.count);
  }

  /** What may hold now for an address: decisions about it, and all about networks. Costs little, however many there are. */
  about(address: string, nowUs: number): readonly Decision[] {
    return this.#statements.about.all(address, nowUs, nowUs).map(decisionOf);
  }

  /** How many detections had this address banned before, within 30 days. */
  earlier(value: string): number {
    return Number(this.#statements.earlier.get(value)!.count);
  }

  /**
   * What changed for a bouncer since it asked last; everything when `startup`, when it never asked, or when the clock was
   * set back since. Told again for a minute, in case an answer was lost: adding what is there and removing what is not is
   * harmless. Costs what changed, not what holds.
   */
  changes(bouncer: string, nowUs: number, startup: boolean): Changes {
    const last = Number(this.#statements.lastPull.get(bouncer)?.last ?? Number.POSITIVE_INFINITY);
    const sinceUs = startup || last > nowUs ? 0 : last - AGAIN_US;
    this.#pulled(bouncer, nowUs);
    const added =
      sinceUs === 0 ? this.active(nowUs) : this.#statements.added.all(sinceUs, nowUs).map(decisionOf);
    const removed = this.#statements.over
      .all({ since: sinceUs, now: nowUs, most: this.#maxActive })
      .map(decisionOf);
    return { added, removed };
  }

  /** A full disk must not keep a bouncer from its answer: it is then told the same again. */
  #pulled(bouncer: string, nowUs: number): void {
    try {
      this.#statements.pulled.run(bouncer, nowUs);
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }

  #makeRoom(nowUs: number): void {
    const excess = this.activeCount(nowUs) - this.#maxActive;
    if (excess > 0) {
      const ended = Number(this.#statements.overflow.run(nowUs, nowUs, excess).changes);
      if (ended < excess) this.#statements.overflowAll.run(nowUs, nowUs, excess - ended);
    }
    this.#room = Math.max(0, -excess);
  }

  #forget(nowUs: number): void {
    this.#statements.forget.run(nowUs - REMEMBER_US);
    this.#statements.forgetMost.run(this.#maxActive * REMEMBERED, nowUs);
  }

  stop(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #one(id: number): Decision {
    return decisionOf(this.#statements.one.get(id)!);
  }
}

type Row = Record<string, unknown>;

function decisionOf(row: Row): Decision {
  return {
    id: Number(row.id),
    scope: row.scope as Decision['scope'],
    value: String(row.value),
    type: 'ban',
    origin: row.origin as Decision['origin'],
    scenario: String(row.scenario),
    detectionId: String(row.detection),
    reason: String(row.reason),
    createdUs: Number(row.created),
    untilUs: Number(row.until),
    endedUs: row.ended === null ? null : Number(row.ended),
  };
}

/** SQLITE_FULL, and SQLITE_IOERR of a disk that takes nothing more. */
function isFull(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === 13 || code === 10;
}
