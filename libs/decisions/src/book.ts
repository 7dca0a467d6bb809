import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Decision, Wanted } from './decision.ts';

/** A decision is remembered so long after it ran out: it lengthens the next one of the same address. */
const REMEMBER_US = 30 * 86_400e6;
/** What a bouncer may have missed when an answer was lost is told again so long. */
const AGAIN_US = 60e6;

/** What a bouncer has to add and to take away, since it asked last. */
export interface Changes {
  readonly added: readonly Decision[];
  readonly removed: readonly Decision[];
}

export interface BookOptions {
  /** Database file; `:memory:` keeps nothing. */
  readonly path: string;
  /** Active decisions at once; beyond it the one that runs out first makes room. */
  readonly maxActive: number;
}

/**
 * The decisions, durable: a restart forgets none. One writer. Every method takes the time; nothing here asks a clock.
 */
export class DecisionBook {
  readonly #db: DatabaseSync;
  readonly #maxActive: number;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(options: BookOptions) {
    this.#db = new DatabaseSync(options.path);
    this.#db.exec(SCHEMA);
    this.#maxActive = options.maxActive;
    this.#statements = prepare(this.#db);
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
    this.#db.exec('BEGIN IMMEDIATE');
    try {
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
      this.#statements.overflow.run(now, now, now, this.#maxActive);
      this.#statements.forget.run(now - REMEMBER_US);
      this.#db.exec('COMMIT');
      return this.#one(Number(lastInsertRowid));
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Takes back every active decision of an address or network. @returns what was taken back. */
  remove(value: string, nowUs: number): readonly Decision[] {
    const ended = this.of(value, nowUs);
    for (const { id } of ended) this.#statements.end.run(nowUs, id);
    return ended;
  }

  /** What holds now for exactly this address or network. */
  of(value: string, nowUs: number): readonly Decision[] {
    return this.#statements.of.all(value, nowUs, nowUs).map(decisionOf);
  }

  /** What holds now, oldest first. */
  active(nowUs: number): readonly Decision[] {
    return this.#statements.active.all(nowUs, nowUs).map(decisionOf);
  }

  /** How many detections had this address banned before, within 30 days. */
  earlier(value: string): number {
    return Number(this.#statements.earlier.get(value)!.count);
  }

  /**
   * What changed for a bouncer since it asked last; everything when `startup`, or when it never asked.
   * Told again for a minute, in case an answer was lost: adding what is there and removing what is not is harmless.
   */
  changes(bouncer: string, nowUs: number, startup: boolean): Changes {
    const last = this.#statements.lastPull.get(bouncer)?.last;
    const sinceUs = startup || last === undefined ? 0 : Number(last) - AGAIN_US;
    this.#statements.pulled.run(bouncer, nowUs);
    const active = this.active(nowUs);
    const added = active.filter((decision) => decision.createdUs > sinceUs);
    const held = new Set(active.map((decision) => decision.value));
    for (const { value } of added) held.delete(value);
    const removed = this.#statements.over
      .all({ since: sinceUs, now: nowUs })
      .map(decisionOf)
      .filter((decision) => !held.has(decision.value));
    return { added, removed };
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

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT UNIQUE,
    scope TEXT NOT NULL,
    value TEXT NOT NULL,
    origin TEXT NOT NULL,
    scenario TEXT NOT NULL,
    detection TEXT NOT NULL,
    reason TEXT NOT NULL,
    created INTEGER NOT NULL,
    until INTEGER NOT NULL,
    ended INTEGER
  );
  CREATE INDEX IF NOT EXISTS decision_until ON decision (until);
  CREATE INDEX IF NOT EXISTS decision_value ON decision (value);
  CREATE TABLE IF NOT EXISTS bouncer (name TEXT PRIMARY KEY, last INTEGER NOT NULL);
`;

function prepare(db: DatabaseSync): Record<StatementName, StatementSync> {
  return {
    known: db.prepare('SELECT id FROM decision WHERE key = ?'),
    one: db.prepare('SELECT * FROM decision WHERE id = ?'),
    insert: db.prepare(
      'INSERT INTO decision (key, scope, value, origin, scenario, detection, reason, created, until) VALUES ($key, $scope, $value, $origin, $scenario, $detection, $reason, $created, $until)',
    ),
    end: db.prepare('UPDATE decision SET ended = ? WHERE id = ?'),
    active: db.prepare('SELECT * FROM decision WHERE until > ? AND (ended IS NULL OR ended > ?) ORDER BY id'),
    of: db.prepare(
      'SELECT * FROM decision WHERE value = ? AND until > ? AND (ended IS NULL OR ended > ?) ORDER BY until',
    ),
    over: db.prepare(
      'SELECT * FROM decision WHERE (ended > $since AND ended <= $now) OR (ended IS NULL AND until > $since AND until <= $now) ORDER BY id',
    ),
    earlier: db.prepare('SELECT count(DISTINCT detection) AS count FROM decision WHERE value = ?'),
    overflow: db.prepare(
      `UPDATE decision SET ended = ? WHERE id IN (
         SELECT id FROM decision WHERE until > ? AND (ended IS NULL OR ended > ?) ORDER BY until DESC LIMIT -1 OFFSET ?)`,
    ),
    forget: db.prepare('DELETE FROM decision WHERE until < ?'),
    lastPull: db.prepare('SELECT last FROM bouncer WHERE name = ?'),
    pulled: db.prepare(
      'INSERT INTO bouncer (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last',
    ),
  };
}

type StatementName =
  | 'known'
  | 'one'
  | 'insert'
  | 'end'
  | 'active'
  | 'of'
  | 'over'
  | 'earlier'
  | 'overflow'
  | 'forget'
  | 'lastPull'
  | 'pulled';
