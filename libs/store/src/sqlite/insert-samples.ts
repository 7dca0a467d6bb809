import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { MetricSample } from '@suite/event';
import { canonicalAttributes } from '../attributes.ts';
import { Dictionary } from './dictionary.ts';

/** A sample that is there already (same series, same time) changes nothing; one that is no number is left out. */
export class SampleInserter {
  readonly #series: Dictionary;
  readonly #sample: StatementSync;

  constructor(db: DatabaseSync) {
    this.#series = new Dictionary(db, 'series', ['agent', 'host', 'name', 'unit', 'attributes']);
    this.#sample = db.prepare('INSERT OR IGNORE INTO sample (series_id, time_us, value) VALUES (?, ?, ?)');
  }

  insert(samples: readonly MetricSample[]): void {
    for (const { agent, host, name, unit, attributes, timeUs, value } of samples) {
      if (!Number.isFinite(value)) continue;
      const identity = [agent, host, name, unit, canonicalAttributes(attributes)];
      this.#sample.run(this.#series.id(identity.join('\0'), identity), timeUs, value);
    }
  }

  forget(): void {
    this.#series.forget();
  }
}
