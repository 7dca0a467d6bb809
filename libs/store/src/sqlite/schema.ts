import type { DatabaseSync } from 'node:sqlite';

/**
 * Each entry lifts the database by one `user_version`. Entries are history: add, never edit.
 *
 * `record.id` is the time with ten low bits of order (see time-key.ts), so newest first, time ranges, keyset
 * paging and retention by age are walks of the table itself, in the full-text index too.
 * `line_index` is contentless: it keeps words, not lines; `tag` holds one hashed word per filterable value (see
 * tags.ts), which makes every filter of a query one intersection. It is filled by the writer, not by triggers.
 * `rate` is kept when records go: a year of the graph costs some megabytes.
 * Of an incident only the newest version is kept: each tells the whole story, and a flood of versions would be as
 * large as the records.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE progress (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    position INTEGER, state_position INTEGER, state BLOB,
    records INTEGER NOT NULL DEFAULT 0, detections INTEGER NOT NULL DEFAULT 0,
    spill_us INTEGER NOT NULL DEFAULT 0
  );
  INSERT INTO progress (id) VALUES (1);
  CREATE TABLE host (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE format (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE stream (id INTEGER PRIMARY KEY, agent TEXT NOT NULL, stream TEXT NOT NULL, UNIQUE (agent, stream));
  CREATE TABLE origin (
    id INTEGER PRIMARY KEY, stream_id INTEGER NOT NULL, host_id INTEGER NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL,
    UNIQUE (stream_id, host_id, kind, path)
  );
  CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    time_us INTEGER NOT NULL, observed_us INTEGER NOT NULL,
    origin_id INTEGER NOT NULL, stream_id INTEGER NOT NULL, offset INTEGER NOT NULL, line INTEGER,
    format_id INTEGER NOT NULL,
    message_at INTEGER, raw TEXT NOT NULL, event TEXT
  );
  CREATE UNIQUE INDEX record_line ON record (stream_id, offset);
  CREATE VIRTUAL TABLE line_index USING fts5(
    raw, tag, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
  );
  INSERT INTO line_index (line_index, rank) VALUES ('hashsize', 4194304), ('automerge', 16), ('crisismerge', 64);
  CREATE TABLE rate (
    minute INTEGER NOT NULL, host_id INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (minute, host_id)
  ) WITHOUT ROWID;
  CREATE TABLE detection (
    id TEXT NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (id, version)
  );
  CREATE TABLE latest_detection (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, time_us INTEGER NOT NULL,
    rule TEXT NOT NULL, level INTEGER NOT NULL, host TEXT NOT NULL
  );
  CREATE INDEX latest_detection_time ON latest_detection (time_us, id);
  CREATE TABLE series (
    id INTEGER PRIMARY KEY, agent TEXT NOT NULL, host TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL,
    attributes TEXT NOT NULL, UNIQUE (host, name, agent, unit, attributes)
  );
  CREATE TABLE sample (
    series_id INTEGER NOT NULL, time_us INTEGER NOT NULL, value REAL NOT NULL, PRIMARY KEY (series_id, time_us)
  ) WITHOUT ROWID;
  CREATE TABLE node (
    agent TEXT PRIMARY KEY, host TEXT NOT NULL, version TEXT NOT NULL,
    first_seen_us INTEGER NOT NULL, last_seen_us INTEGER NOT NULL,
    lines_total INTEGER NOT NULL, lost_bytes INTEGER NOT NULL
  );
  `,
  `
  CREATE TABLE incident (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, last_us INTEGER NOT NULL, level INTEGER NOT NULL,
    open INTEGER NOT NULL, merged INTEGER NOT NULL, data TEXT NOT NULL
  );
  CREATE INDEX incident_time ON incident (last_us, id);
  CREATE TABLE incident_entity (
    id TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (id, kind, value)
  ) WITHOUT ROWID;
  `,
];

/** Brings the database up to date. @throws when it was written by a newer version. */
export function migrate(db: DatabaseSync): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > MIGRATIONS.length) {
    throw new Error(
      `the store has schema version ${version}, this program knows up to ${MIGRATIONS.length}: upgrade it`,
    );
  }
  for (let next = version; next < MIGRATIONS.length; next += 1) {
    db.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[next]}; PRAGMA user_version = ${next + 1}; COMMIT`);
  }
}
