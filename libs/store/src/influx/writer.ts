import { type Journal, JournalFullError, type JournalReader, openJournal } from '@suite/journal';
import type { Checkpoint, RetentionResult, StoreBacklog, StoreBatch, StoreWriter } from '../port.ts';
import { StoreFullError } from '../port.ts';
import type { InfluxConnection } from './connection.ts';
import { BatchEncoder } from './encode.ts';
import { identifier } from './influxql.ts';
import { LineSender } from './line-sender.ts';
import { InfluxQuery } from './query.ts';
import { decodeQueueRecord, encodeQueueRecord } from './queue-record.ts';
import { Shipper } from './shipper.ts';

export interface InfluxWriterOptions extends InfluxConnection {
  /** Folder of the durable queue. */
  readonly dir: string;
  /** How long the server keeps points; set on 1.x as the default retention policy's duration. Null leaves it. */
  readonly retentionMs: number | null;
  /** Limit of the queue, i.e. how long an outage it outlasts. Default 1 GiB. */
  readonly queueBytes?: number;
  /** Sync of the queue. Default `always`. */
  readonly fsync?: 'always' | { readonly intervalMs: number };
  readonly timeoutMs?: number;
  readonly firstRetryMs?: number;
  readonly maxRetryMs?: number;
  /** Told of every point that the server refused for good. */
  readonly onRefused?: (refused: { readonly points: number; readonly reason: string }) => void;
  readonly fetch?: typeof fetch;
}

const PART_CHARS = 4 * 1024 * 1024;

export async function openInfluxWriter(options: InfluxWriterOptions): Promise<StoreWriter> {
  let checkpoint: Checkpoint | null = null;
  const journal = await openJournal({
    dir: options.dir,
    segmentBytes: 16 * 1024 * 1024,
    maxBytes: options.queueBytes ?? 1024 * 1024 * 1024,
    maxRecordBytes: 256 * 1024 * 1024,
    whenFull: 'refuse',
    fsync: options.fsync ?? 'always',
    checkpoint: () => (checkpoint === null ? null : Buffer.concat(checkpointRecord(checkpoint))),
  });
  try {
    const reader = await journal.reader('shipper');
    checkpoint = await lastCheckpoint(journal, reader);
    return new InfluxWriter(options, journal, reader, checkpoint, (next) => {
      checkpoint = next;
    });
  } catch (error) {
    await journal.stop();
    throw error;
  }
}

function checkpointRecord({ position, state }: Checkpoint): readonly Uint8Array[] {
  const header = { points: 0, position, ...(state === null ? {} : { statePosition: state.position }) };
  return encodeQueueRecord(header, state?.data ?? null, '');
}

/** Reads what the queue still holds: every segment begins with the checkpoint as of its start. */
async function lastCheckpoint(journal: Journal, reader: JournalReader): Promise<Checkpoint | null> {
  let checkpoint: Checkpoint | null = null;
  reader.seek(journal.tail);
  for (;;) {
    const entries = await reader.read(8 * 1024 * 1024);
    if (entries.length === 0) break;
    for (const { payload } of entries) checkpoint = after(checkpoint, payload);
  }
  reader.seek(reader.committed);
  return checkpoint;
}

function after(checkpoint: Checkpoint | null, payload: Buffer): Checkpoint | null {
  const { header, state } = decodeQueueRecord(payload);
  if (header.position === undefined) return checkpoint;
  if (header.statePosition === undefined)
    return { position: header.position, state: checkpoint?.state ?? null };
  return {
    position: header.position,
    state: { position: header.statePosition, data: new Uint8Array(state) },
  };
}

/** InfluxDB behind a durable queue: a commit is durable in the queue, and shipped from there, in order. */
class InfluxWriter implements StoreWriter {
  readonly #options: InfluxWriterOptions;
  readonly #journal: Journal;
  readonly #reader: JournalReader;
  readonly #sender: LineSender;
  readonly #shipper: Shipper;
  readonly #encoder = new BatchEncoder();
  readonly #remember: (checkpoint: Checkpoint) => void;
  #checkpoint: Checkpoint | null;
  #refused = 0;
  #retentionSet = false;
  #retentionError: string | null = null;
  #stopping: Promise<void> | null = null;

  constructor(
    options: InfluxWriterOptions,
    journal: Journal,
    reader: JournalReader,
    checkpoint: Checkpoint | null,
    remember: (checkpoint: Checkpoint) => void,
  ) {
    this.#options = options;
    this.#journal = journal;
    this.#reader = reader;
    this.#checkpoint = checkpoint;
    this.#remember = remember;
    this.#sender = new LineSender(options, options.timeoutMs ?? 30_000);
    this.#shipper = new Shipper({
      reader,
      sender: this.#sender,
      waitForMore: (position, signal) => journal.waitForHead(position, signal),
      onRefused: options.onRefused ?? (() => undefined),
      firstRetryMs: options.firstRetryMs ?? 250,
      maxRetryMs: options.maxRetryMs ?? 30_000,
    });
    this.#shipper.start();
  }

  async commit(batch: StoreBatch): Promise<void> {
    if (this.#stopping !== null) throw new Error('the store is stopped');
    const known = this.#checkpoint;
    const isNew = known === null || batch.position > known.position;
    const hasState = batch.state !== undefined && batch.state.position >= (known?.state?.position ?? -1);
    const { lines, refused } = this.#encoder.encode(batch, isNew ? 'all' : 'detections');
    const nodes = !isNew && batch.position === known.position ? batch.nodes : [];
    const late =
      nodes.length === 0
        ? []
        : this.#encoder.encode({ ...batch, records: [], samples: [], detections: [], incidents: [] }, 'all')
            .lines;
    const all = late.length === 0 ? lines : [...lines, ...late];
    if (!isNew && all.length === 0 && !hasState) return;
    const position = isNew ? batch.position : known.position;
    const parts = inParts(all);
    const last = parts.pop() ?? [];
    const state = hasState ? batch.state : undefined;
    try {
      const appended = parts.map((part) =>
        this.#journal.append(encodeQueueRecord({ points: part.length }, null, part.join('\n'))),
      );
      const header = {
        points: last.length,
        position,
        ...(state === undefined ? {} : { statePosition: state.position }),
      };
      appended.push(this.#journal.append(encodeQueueRecord(header, state?.data ?? null, last.join('\n'))));
      await Promise.all(appended);
    } catch (error) {
      if (error instanceof JournalFullError) throw new StoreFullError(error.message, { cause: error });
      throw error;
    }
    this.#refused += refused;
    this.#checkpoint = { position, state: state ?? known?.state ?? null };
    this.#remember(this.#checkpoint);
  }

  async checkpoint(): Promise<Checkpoint | null> {
    return this.#checkpoint;
  }

  /**
   * The server drops by age itself; here its policy is set, once. Size limits are the server's own affair. A
   * server that is down, or a user who may not, is told by `backlog()`; the next call tries again.
   */
  async retain(_nowUs: number): Promise<RetentionResult> {
    const { retentionMs, version } = this.#options;
    if (retentionMs !== null && version === 1 && !this.#retentionSet) {
      try {
        await this.#setRetention(retentionMs);
        this.#retentionSet = true;
        this.#retentionError = null;
      } catch (error) {
        this.#retentionError = `the retention policy could not be set: ${error instanceof Error ? error.message : error}`;
      }
    }
    return { recordsDropped: 0, sizeBytes: this.#journal.sizeBytes };
  }

  async #setRetention(retentionMs: number): Promise<void> {
    const { database, timeoutMs = 30_000 } = this.#options;
    const hours = Math.max(1, Math.ceil(retentionMs / 3_600_000));
    const influx = new InfluxQuery(this.#options, this.#options.fetch ?? fetch, timeoutMs);
    await influx.run(`ALTER RETENTION POLICY "autogen" ON ${identifier(database)} DURATION ${hours}h`);
  }

  backlog(): StoreBacklog {
    const { lastRefusal } = this.#shipper;
    return {
      pendingBytes: Math.max(0, this.#journal.head - this.#reader.committed),
      rejectedPoints: this.#shipper.rejectedPoints + this.#refused,
      lastError: this.#shipper.lastError ?? this.#retentionError,
      ...(lastRefusal === null ? {} : { lastRefusal }),
    };
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const shipped = this.#shipper.stop();
    this.#sender.stop();
    await shipped;
    await this.#reader.stop();
    await this.#journal.stop();
  }
}

/** Lines in parts of a few megabytes. */
function inParts(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  let part: string[] = [];
  let chars = 0;
  for (const line of lines) {
    if (chars > 0 && chars + line.length > PART_CHARS) {
      parts.push(part);
      part = [];
      chars = 0;
    }
    part.push(line);
    chars += line.length;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
