import { join } from 'node:path';
import type { InfluxConnection, StoreSpec } from '@suite/store';
import type { NadirConfig } from './config.ts';

/** Database of the embedded store below `data_dir`. */
export const DATABASE = 'nadir.db';

/** The store that a configuration names. */
export function storeSpec(config: NadirConfig): StoreSpec {
  const { kind, sqlite, influx } = config.store;
  if (kind === 'sqlite') {
    const { age, size } = sqlite.retention;
    return {
      kind,
      path: sqlite.path ?? join(config.data_dir, DATABASE),
      retention: { ageMs: age, sizeBytes: size },
    };
  }
  return {
    kind,
    dir: join(config.data_dir, 'influx-queue'),
    url: influx.url!,
    version: influx.version,
    database: influx.database,
    queueBytes: influx.queue_size,
    retentionMs: null,
    auth: influxAuth(config),
    ...(influx.org === undefined ? {} : { org: influx.org }),
  };
}

function influxAuth({ store: { influx } }: NadirConfig): InfluxConnection['auth'] {
  if (influx.token !== undefined) return { kind: 'token', token: influx.token };
  if (influx.username === undefined) return { kind: 'none' };
  return { kind: 'password', username: influx.username, password: influx.password ?? '' };
}
