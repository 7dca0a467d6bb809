import { readFile, rename, unlink, writeFile } from 'node:fs/promises';
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

/** The file is padded to whole blocks of this size, so that most states fit where the one before stood. */
const BLOCK_BYTES = 8192;

/**
 * Replaces the file (0600) by rename, so that a reader sees one state or the next. On a full disk, which is when
 * people look, it is written over in place instead: its blocks are there already.
 */
export async function writeStatus(path: string, status: AgentStatus): Promise<void> {
  const text = `${JSON.stringify(status)}\n`;
  const bytes = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / BLOCK_BYTES) * BLOCK_BYTES, ' ');
  bytes.write(text);
  const draft = `${path}.new`;
  try {
    await writeFile(draft, bytes, { mode: 0o600 });
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    await writeFile(path, bytes, { flag: 'r+' });
  }
}

/** @throws Error when there is no status file, or it is of another version. */
export async function readStatus(path: string): Promise<AgentStatus> {
  const status = JSON.parse(await readFile(path, 'utf8')) as AgentStatus;
  if (status.v !== 1) throw new Error(`status file has version ${String(status.v)}, expected 1`);
  return status;
}
