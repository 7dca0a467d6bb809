import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Detection, Incident, LogRecord } from '@suite/event';
import { openSqliteWriter } from '@suite/store';
import type { NadirConfig } from './config.ts';

export interface ReplayStore {
  commit(
    found: {
      readonly records: readonly LogRecord[];
      readonly detections: readonly Detection[];
      readonly incidents: readonly Incident[];
    },
    position: number,
  ): Promise<void>;
  stop(): Promise<void>;
}

/** A store in a folder of its own, so that a replay never mixes with what the cluster says. */
export async function openReplayStore(dir: string, config: NadirConfig): Promise<ReplayStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  // An old log is not too old for the store that it is replayed into.
  const retention = { ageMs: Number.MAX_SAFE_INTEGER, sizeBytes: config.store.sqlite.retention.size };
  const writer = openSqliteWriter({ path: join(dir, 'nadir.db'), retention });
  const from = (await writer.checkpoint())?.position ?? 0;
  return {
    commit: ({ records, detections, incidents }, position) =>
      writer.commit({ records, detections, incidents, samples: [], nodes: [], position: from + position }),
    stop: () => writer.stop(),
  };
}
