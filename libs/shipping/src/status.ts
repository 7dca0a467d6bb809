import { readFile, rename, writeFile } from 'node:fs/promises';
import type { StreamStatus } from '@suite/sources';
import type { LedgerRow } from './ledger.ts';
import type { Shipper, ShipperStatus } from './shipper.ts';
import type { Spool } from './spool.ts';

/** What `tom status` and `tom ledger` show, as JSON in a file. */
export interface AgentStatus {
  readonly v: 1;
  readonly agent: string;
  readonly epoch: string;
  readonly writtenMs: number;
  readonly spool: {
    /** Sequence number of the last body spooled; 0 when there is none in this epoch. */
    readonly sequence: number;
    readonly sizeBytes: number;
    readonly maxBytes: number;
    /** Whether sources wait for room. */
    readonly full: boolean;
  };
  readonly shipping: ShipperStatus;
  readonly ledger: readonly LedgerRow[];
  readonly streams: readonly StreamStatus[];
}

export interface StatusParts {
  readonly agent: string;
  readonly spool: Spool;
  readonly shipper: Shipper;
  readonly streams: readonly StreamStatus[];
  readonly nowMs: number;
}

export function collectStatus({ agent, spool, shipper, streams, nowMs }: StatusParts): AgentStatus {
  const { epoch, nextSequence, sizeBytes, maxBytes, full, ledger } = spool;
  return {
    v: 1,
    agent,
    epoch,
    writtenMs: nowMs,
    spool: { sequence: nextSequence - 1, sizeBytes, maxBytes, full },
    shipping: shipper.status(),
    ledger: ledger.rows(),
    streams,
  };
}

/** Replaces the file (0600) by rename, so that a reader sees one state or the next. */
export async function writeStatus(path: string, status: AgentStatus): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, `${JSON.stringify(status)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/** @throws Error when there is no status file, or it is of another version. */
export async function readStatus(path: string): Promise<AgentStatus> {
  const status = JSON.parse(await readFile(path, 'utf8')) as AgentStatus;
  if (status.v !== 1) throw new Error(`status file has version ${String(status.v)}, expected 1`);
  return status;
}
