import type { DatabaseSync, StatementSync } from 'node:sqlite';

export const SCHEMA = `
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
  DROP INDEX IF EXISTS decision_until;
  CREATE INDEX IF NOT EXISTS decision_open ON decision (until) WHERE ended IS NULL;
  CREATE INDEX IF NOT EXISTS decision_range ON decision (until) WHERE ended IS NULL AND scope = 'Range';
  CREATE INDEX IF NOT EXISTS decision_ended ON decision (ended) WHERE ended IS NOT NULL;
  CREATE INDEX IF NOT EXISTS decision_created ON decision (created);
  CREATE INDEX IF NOT EXISTS decision_value ON decision (value);
  CREATE TABLE IF NOT EXISTS bouncer (name TEXT PRIMARY KEY, last INTEGER NOT NULL);
`;

export type BookStatements = ReturnType<typeof prepareBook>;

/**
 * A decision holds when it was not ended and has not run out. One that was ended stays so, also when the clock is set
 * back to before that.
 */
export function prepareBook(db: DatabaseSync) {
  return {
    known: db.prepare('SELECT id FROM decision WHERE key = ?'),
    one: db.prepare('SELECT * FROM decision WHERE id = ?'),
    insert: db.prepare(
      'INSERT INTO decision (key, scope, value, origin, scenario, detection, reason, created, until) VALUES ($key, $scope, $value, $origin, $scenario, $detection, $reason, $created, $until)',
    ),
    end: db.prepare('UPDATE decision SET ended = ? WHERE id = ?'),
    active: db.prepare(
      'SELECT * FROM (SELECT * FROM decision WHERE until > ? AND ended IS NULL ORDER BY id DESC LIMIT ?) ORDER BY id',
    ),
    count: db.prepare('SELECT count(*) AS count FROM decision WHERE ended IS NULL AND until > ?'),
    of: db.prepare('SELECT * FROM decision WHERE value = ? AND until > ? AND ended IS NULL ORDER BY until'),
    about: db.prepare(
      `SELECT * FROM decision WHERE value = ? AND until > ? AND ended IS NULL
       UNION SELECT * FROM decision INDEXED BY decision_range WHERE scope = 'Range' AND until > ? AND ended IS NULL ORDER BY id`,
    ),
    added: db.prepare(
      'SELECT * FROM decision INDEXED BY decision_created WHERE created > ? AND until > ? AND ended IS NULL ORDER BY id',
    ),
    // What is banned anew in the same answer is taken away first: bouncers do the one before the other.
    over: db.prepare(
      `SELECT * FROM (
         SELECT * FROM decision INDEXED BY decision_ended WHERE ended IS NOT NULL AND ended > $since
         UNION ALL SELECT * FROM decision INDEXED BY decision_open WHERE ended IS NULL AND until > $since AND until <= $now
         ORDER BY id DESC LIMIT $most) AS gone
       WHERE NOT EXISTS (
         SELECT 1 FROM decision AS held WHERE held.value = gone.value AND held.ended IS NULL AND held.until > $now
           AND held.created <= $since)
       ORDER BY id`,
    ),
    earlier: db.prepare('SELECT count(DISTINCT detection) AS count FROM decision WHERE value = ?'),
    overflow: db.prepare(
      `UPDATE decision SET ended = ? WHERE id IN (
         SELECT id FROM decision WHERE ended IS NULL AND until > ? AND origin <> 'operator' ORDER BY until, id LIMIT ?)`,
    ),
    overflowAll: db.prepare(
      `UPDATE decision SET ended = ? WHERE id IN (
         SELECT id FROM decision WHERE ended IS NULL AND until > ? ORDER BY until, id LIMIT ?)`,
    ),
    forget: db.prepare('DELETE FROM decision WHERE until < ?'),
    forgetMost: db.prepare(
      `DELETE FROM decision WHERE id <= (SELECT max(id) FROM decision) - ? AND (ended IS NOT NULL OR until <= ?)`,
    ),
    lastPull: db.prepare('SELECT last FROM bouncer WHERE name = ?'),
    pulled: db.prepare(
      'INSERT INTO bouncer (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last',
    ),
  } satisfies Record<string, StatementSync>;
}
