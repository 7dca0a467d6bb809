import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Incident } from '@suite/event';
import { INCIDENT_FILTERS } from '../incident-filter.ts';
import { levelRank } from '../level.ts';

/** Keeps the newest version of each incident, and the values that it is found by. */
export class IncidentInserter {
  readonly #newest: StatementSync;
  readonly #forget: StatementSync;
  readonly #entity: StatementSync;

  constructor(db: DatabaseSync) {
    this.#newest = db.prepare(
      `INSERT INTO incident (id, version, last_us, level, open, merged, data) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, last_us = excluded.last_us, level = excluded.level,
         open = excluded.open, merged = excluded.merged, data = excluded.data
       WHERE excluded.version > incident.version`,
    );
    this.#forget = db.prepare('DELETE FROM incident_entity WHERE id = ?');
    this.#entity = db.prepare('INSERT OR IGNORE INTO incident_entity (id, kind, value) VALUES (?, ?, ?)');
  }

  insert(incidents: readonly Incident[]): void {
    for (const incident of newestOf(incidents)) {
      const { id, version, lastUs, level, closed, mergedInto, entities } = incident;
      const merged = mergedInto === undefined ? 0 : 1;
      const data = JSON.stringify(incident);
      const { changes } = this.#newest.run(
        id,
        version,
        lastUs,
        levelRank(level),
        closed ? 0 : 1,
        merged,
        data,
      );
      if (changes === 0) continue;
      this.#forget.run(id);
      for (const [kind, name] of Object.entries(INCIDENT_FILTERS))
        for (const value of entities[name] ?? []) this.#entity.run(id, kind, value);
    }
  }
}

/** A batch often has many versions of one incident: only the last is worth the work. */
function newestOf(incidents: readonly Incident[]): Iterable<Incident> {
  const newest = new Map<string, Incident>();
  for (const incident of incidents) {
    if ((newest.get(incident.id)?.version ?? -1) < incident.version) newest.set(incident.id, incident);
  }
  return newest.values();
}
