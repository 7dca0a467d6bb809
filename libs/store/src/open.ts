import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InfluxQuery } from './influx/query.ts';
import { openInfluxReader } from './influx/reader.ts';
import { type InfluxWriterOptions, openInfluxWriter } from './influx/writer.ts';
import type { StoreReader, StoreWriter } from './port.ts';
import { openSqliteReader } from './sqlite/reader.ts';
import { openSqliteWriter, type SqliteWriterOptions } from './sqlite/writer.ts';

/** Which store, and all that it takes to open it. */
export type StoreSpec =
  | ({ readonly kind: 'sqlite' } & SqliteWriterOptions)
  | ({ readonly kind: 'influx' } & InfluxWriterOptions);

export async function openStoreWriter(spec: StoreSpec): Promise<StoreWriter> {
  switch (spec.kind) {
    case 'sqlite':
      return openSqliteWriter(spec);
    case 'influx':
      return openInfluxWriter(spec);
  }
}

/** SQLite's file must be there: open the writer first. */
export async function openStoreReader(spec: StoreSpec): Promise<StoreReader> {
  switch (spec.kind) {
    case 'sqlite':
      return openSqliteReader(spec);
    case 'influx':
      return openInfluxReader(spec);
  }
}

export type Reachable = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Whether the store could be used as configured. Changes nothing, never throws. */
export async function testStoreReachable(spec: StoreSpec): Promise<Reachable> {
  try {
    if (spec.kind === 'sqlite') testFile(spec.path);
    else
      await new InfluxQuery(spec, spec.fetch ?? fetch, spec.timeoutMs ?? 5_000).run(
        'SHOW MEASUREMENTS LIMIT 1',
      );
    return { ok: true };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return { ok: false, reason: `${error instanceof Error ? error.message : String(error)}${cause}` };
  }
}

function testFile(path: string): void {
  if (existsSync(path)) {
    accessSync(path, constants.R_OK | constants.W_OK);
    if (!statSync(path).isFile()) throw new Error(`${path} is not a file`);
    return;
  }
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  accessSync(folder, constants.W_OK | constants.X_OK);
}
