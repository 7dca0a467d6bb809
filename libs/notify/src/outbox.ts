import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { makePrivateDatabase } from '@suite/config/private-file';
import type { Alert, Level } from '@suite/event';

/** A message on its way to one notifier. */
export interface Outgoing {
  readonly id: number;
  readonly notifier: string;
  readonly alert: Alert;
  readonly createdMs: number;
  readonly attempts: number;
}

/** What became of the messages of one notifier. */
export interface OutboxState {
  readonly notifier: string;
  readonly waiting: number;
  /** Given up after too long, or refused for good. */
  readonly failed: number;
  readonly lastSentMs: number | null;
  /** Why the last attempt failed, in words; null once one worked. */
  readonly lastError: string | null;
}

/** Messages that wait for one notifier; beyond it the least and oldest are given up. */
const WAITING = 1_000;
const KEEP_MS = 30 * 86_400_000;
/** Nothing is put off so long; what seems to be was queued before the clock was set back, and is due. */
const FARTHEST_MS = 2 * 3_600_000;

const RANK: Readonly<Record<Level, number>> = { informational: 0, low: 1, medium: 2, high: 3, critical: 4 };

/**
 * What is to be told, durable until it was. A row a notifier and alert: the same alert is never queued twice for the
 * same notifier within 30 days, also not after a restart.
 */
export class Outbox {
  readonly #db: DatabaseSync;
  readonly #statements: Record<StatementName, StatementSync>;

  /** @param path database file, made 0600; `:memory:` keeps nothing. */
  constructor(path: string) {
    makePrivateDatabase(path);
    this.#db = new DatabaseSync(path);
    try {
      this.#db.exec(SCHEMA);
      this.#statements = prepare(this.#db);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Durable when it returns. @returns for how many notifiers it was new. */
  put(alert: Alert, notifiers: readonly string[], nowMs: number): number {
    const { insert, overflow } = this.#statements;
    let added = 0;
    this.#transaction(() => {
      for (const notifier of notifiers) {
        const { changes } = insert.run(
          notifier,
          alert.id,
          JSON.stringify(alert),
          RANK[alert.level],
          nowMs,
          nowMs,
        );
        added += Number(changes);
        overflow.run(nowMs, notifier, WAITING);
      }
    });
    return added;
  }

  /** The message that is due now for a notifier, the most urgent and oldest first; null when there is none. */
  due(notifier: string, nowMs: number): Outgoing | null {
    const row = this.#statements.due.get(notifier, nowMs, nowMs + FARTHEST_MS);
    return row ? outgoingOf(row) : null;
  }

  /** All that wait, due or not, the most urgent and oldest first. */
  waiting(notifier: string): readonly Outgoing[] {
    return this.#statements.waiting.all(notifier).map(outgoingOf);
  }

  /** When the next message is due, epoch ms; null when none waits. */
  nextDueMs(notifier: string): number | null {
    const next = this.#statements.next.get(notifier)?.next;
    return next === null || next === undefined ? null : Number(next);
  }

  /** Told in one message: it counts once, as the first of them. */
  sent(ids: readonly number[], nowMs: number): void {
    this.#transaction(() => {
      for (const [index, id] of ids.entries())
        this.#statements.sent.run(index === 0 ? 'sent' : 'folded', nowMs, id);
      this.#statements.forget.run(nowMs - KEEP_MS);
    });
  }

  postponed(id: number, dueMs: number, error: string): void {
    this.#statements.postponed.run(dueMs, error, id);
  }

  failed(id: number, nowMs: number, error: string): void {
    this.#statements.failed.run(nowMs, error, id);
  }

  /** How many were sent meanwhile: what a rate limit counts, also over restarts and a clock that was set back. */
  sentBetween(notifier: string, fromMs: number, toMs: number): number {
    return Number(this.#statements.sentBetween.get(notifier, fromMs, toMs)!.count);
  }

  state(notifier: string): OutboxState {
    const row = this.#statements.state.get(notifier)!;
    const error = this.#statements.lastError.get(notifier, notifier)?.error;
    return {
      notifier,
      waiting: Number(row.waiting ?? 0),
      failed: Number(row.failed ?? 0),
      lastSentMs: row.last === null ? null : Number(row.last),
      lastError: error === undefined || error === null ? null : String(error),
    };
  }

  stop(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      // A full disk ends a transaction by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

function outgoingOf(row: Record<string, unknown>): Outgoing {
  return {
    id: Number(row.id),
    notifier: String(row.notifier),
    alert: JSON.parse(String(row.alert)) as Alert,
    createdMs: Number(row.created),
    attempts: Number(row.attempts),
  };
}

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY,
    notifier TEXT NOT NULL,
    alert_id TEXT NOT NULL,
    alert TEXT NOT NULL,
    rank INTEGER NOT NULL,
    created INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'folded', 'failed')),
    ended INTEGER,
    error TEXT,
    UNIQUE (notifier, alert_id)
  );
  CREATE INDEX IF NOT EXISTS message_waiting ON message (notifier, state, rank DESC, created);
`;

function prepare(db: DatabaseSync): Record<StatementName, StatementSync> {
  const order = 'ORDER BY rank DESC, created, id';
  return {
    insert: db.prepare(
      'INSERT INTO message (notifier, alert_id, alert, rank, created, due) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    overflow: db.prepare(
      `UPDATE message SET state = 'failed', ended = ?, error = 'too many waited' WHERE id IN (
         SELECT id FROM message WHERE notifier = ? AND state = 'waiting' ORDER BY rank DESC, created DESC LIMIT -1 OFFSET ?)`,
    ),
    due: db.prepare(
      `SELECT * FROM message WHERE notifier = ? AND state = 'waiting' AND (due <= ? OR due > ?) ${order} LIMIT 1`,
    ),
    waiting: db.prepare(`SELECT * FROM message WHERE notifier = ? AND state = 'waiting' ${order}`),
    next: db.prepare("SELECT min(due) AS next FROM message WHERE notifier = ? AND state = 'waiting'"),
    sent: db.prepare('UPDATE message SET state = ?, ended = ?, error = NULL WHERE id = ?'),
    postponed: db.prepare('UPDATE message SET due = ?, attempts = attempts + 1, error = ? WHERE id = ?'),
    failed: db.prepare("UPDATE message SET state = 'failed', ended = ?, error = ? WHERE id = ?"),
    sentBetween: db.prepare(
      "SELECT count(*) AS count FROM message WHERE notifier = ? AND state = 'sent' AND ended > ? AND ended <= ?",
    ),
    state: db.prepare(
      "SELECT sum(state = 'waiting') AS waiting, sum(state = 'failed') AS failed, max(CASE WHEN state = 'sent' THEN ended END) AS last FROM message WHERE notifier = ?",
    ),
    lastError: db.prepare(
      `SELECT error FROM message WHERE notifier = ? AND error IS NOT NULL AND coalesce(ended, due) >
         coalesce((SELECT max(ended) FROM message WHERE notifier = ? AND state = 'sent'), 0)
       ORDER BY id DESC LIMIT 1`,
    ),
    forget: db.prepare("DELETE FROM message WHERE state <> 'waiting' AND ended < ?"),
  };
}

type StatementName =
  | 'insert'
  | 'overflow'
  | 'due'
  | 'waiting'
  | 'next'
  | 'sent'
  | 'postponed'
  | 'failed'
  | 'sentBetween'
  | 'state'
  | 'lastError'
  | 'forget';
