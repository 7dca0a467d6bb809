import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Detection } from '@suite/event';
import { detectionHost } from '../detection-host.ts';
import { levelRank } from '../level.ts';

/** Every version is kept as it came; `latest_detection` points at the newest one of each id. */
export class DetectionInserter {
  readonly #version: StatementSync;
  readonly #latest: StatementSync;
  readonly #known: StatementSync;
  readonly #count: StatementSync;

  constructor(db: DatabaseSync) {
    this.#version = db.prepare('INSERT OR IGNORE INTO detection (id, version, data) VALUES (?, ?, ?)');
    this.#known = db.prepare('SELECT 1 FROM latest_detection WHERE id = ?');
    this.#latest = db.prepare(
      `INSERT INTO latest_detection (id, version, time_us, rule, level, host) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, time_us = excluded.time_us, rule = excluded.rule,
         level = excluded.level, host = excluded.host WHERE excluded.version > latest_detection.version`,
    );
    this.#count = db.prepare('UPDATE progress SET detections = detections + ?');
  }

  insert(detections: readonly Detection[]): void {
    let added = 0;
    for (const detection of detections) {
      const { id, version, timeUs, rule, level } = detection;
      if (this.#version.run(id, version, JSON.stringify(detection)).changes === 0) continue;
      if (this.#known.get(id) === undefined) added += 1;
      this.#latest.run(id, version, timeUs, rule, levelRank(level), detectionHost(detection));
    }
    if (added > 0) this.#count.run(added);
  }
}
