import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { createEngine, type DetectionEngine, type DetectionSettings } from '@suite/detection';
import type { Detection, Incident, LogRecord, MetricSample } from '@suite/event';
import { createIncidents, type IncidentSettings, type Incidents } from '@suite/incidents';
import { type DetachedReader, type JournalEntry, openJournalReader } from '@suite/journal';
import type { RuleSet } from '@suite/sigma';
import type { RetentionResult, StoreBacklog, StoreBatch, StoreWriter } from '@suite/store';
import { BatchStage } from './batch-stage.ts';
import { Wakeup } from './wakeup.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

const READ_BYTES = 4 * 1024 * 1024;
/** A commit is made at so many records, or when the journal has no more. */
const COMMIT_RECORDS = 4_000;
/**
 * A snapshot of ten nodes is some hundred kilobytes, and small clusters keep their store on SD cards. What is behind the
 * last one is read again from the journal after a crash.
 */
const SNAPSHOT_EVERY_MS = 30_000;
/**
 * Sooner, when what a restart would read again takes so much of the journal, or so many bytes of the disk: their space
 * comes back only then.
 */
const JOURNAL_SHARE = 0.1;
const BEHIND_BYTES = 16 * 1024 * 1024;
const SNAPSHOT_PRESSED_MS = 2_000;
/** A snapshot may take this share of the time at most. */
const SNAPSHOT_SHARE = 0.05;
const RETAIN_EVERY_MS = 10_000;
const TICK_MS = 1_000;
/** Journal left to process beyond which the pipeline no longer yields. */
const YIELD_LAG_BYTES = 512 * 1024 * 1024;
const LONGEST_REST_MS = 200;
const RETRY_MS = 2_000;
const STATE_BYTES = 512 * 1024 * 1024;
/** Records handed to the live view per commit; a flood is sampled, never queued. */
const LIVE_RECORDS = 200;

export interface RunnerOptions {
  /** The journal's folder; read only. */
  readonly journalDir: string;
  /** The largest that the journal may grow, bytes. */
  readonly journalMaxBytes: number;
  readonly store: StoreWriter;
  readonly settings: DetectionSettings;
  /** Compiled rules beside the detectors; none when left out. */
  readonly rules?: RuleSet;
  readonly incidents: IncidentSettings;
  readonly clockUs: () => number;
  onCommitted(commit: Committed): void;
  /** The store takes nothing for now (disk full); the same batch is tried again. Null: it is over. */
  onTrouble(reason: string | null): void;
  /** The stored state could not be read: detection remembers nothing from before. Called during `start`. */
  onStateLost?(reason: string): void;
}

export interface Committed {
  /** Everything before it is in the store. */
  readonly position: number;
  /** A restart reads from here: the journal must keep it. */
  readonly retainFrom: number;
  readonly recordCount: number;
  readonly sampleCount: number;
  readonly detections: readonly Detection[];
  /** The newest version of each that changed; after a restart also what was told before. */
  readonly incidents: readonly Incident[];
  /** At most 200 of the records, for the live view. */
  readonly live: readonly LogRecord[];
  readonly backlog: StoreBacklog;
  readonly retention: RetentionResult | null;
}

/**
 * Journal → parse → detect → store, in order, by itself. Restarted, it restores the state that was stored last,
 * reads on from that state's position, and leaves out of the store what is there already.
 */
export class PipelineRunner {
  readonly #options: RunnerOptions;
  #engine: DetectionEngine;
  #incidents: Incidents;
  #stage: BatchStage;
  readonly #wakeup = new Wakeup();
  readonly #abort = new AbortController();
  #reader: DetachedReader | null = null;
  #head = 0;
  #committed = 0;
  #processed = 0;
  #retainFrom = 0;
  #records: LogRecord[] = [];
  #samples: MetricSample[] = [];
  #detections: Detection[] = [];
  #versions: Incident[] = [];
  #snapshotAtMs = 0;
  #snapshotPressedAtMs = 0;
  #retainAtMs = 0;
  #retention: RetentionResult | null = null;
  #running: Promise<void> = Promise.resolve();

  /** Journal position that is in the store. */
  get stored(): number {
    return this.#committed;
  }

  /** Rejects when the pipeline ends by an error; else it resolves after `stop`. */
  get failed(): Promise<void> {
    return this.#running;
  }

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#engine = this.#makeEngine();
    this.#incidents = createIncidents(options.incidents);
    this.#stage = this.#makeStage();
  }

  #makeEngine(): DetectionEngine {
    const { settings, rules } = this.#options;
    return createEngine(settings, rules ? { rules } : {});
  }

  #makeStage(): BatchStage {
    return new BatchStage({
      engine: this.#engine,
      onRecord: (record) => {
        this.#records.push(record);
        this.#incidents.record(record, this.#tell);
      },
      onSample: (sample) => this.#samples.push(sample),
      onDetection: (detection) => this.#detected(detection, 'journal'),
      onBatch: (receivedUs) => this.#incidents.advance(receivedUs, this.#tell),
    });
  }

  readonly #tell = (incident: Incident): void => void this.#versions.push(incident);

  #detected(detection: Detection, by: 'journal' | 'clock'): void {
    this.#detections.push(detection);
    this.#incidents.observe(detection, this.#tell, by);
  }

  /** Restores the stored state. @returns the position that it reads on from; begin with `head`. */
  async start(): Promise<number> {
    const checkpoint = await this.#options.store.checkpoint();
    const from = checkpoint?.state?.position ?? 0;
    this.#committed = checkpoint?.position ?? 0;
    this.#retainFrom = from;
    this.#processed = from;
    if (checkpoint?.state) await this.#restoreOrBeginAnew(checkpoint.state.data);
    this.#reader = openJournalReader({ dir: this.#options.journalDir, from });
    this.#running = this.#run();
    return from;
  }

  /** Goes on with other rules; those that are the same as before keep their state. */
  setRules(rules: RuleSet): void {
    this.#engine.setRules(rules);
  }

  /** The journal is durable up to here. */
  head(position: number): void {
    this.#head = Math.max(this.#head, position);
    this.#wakeup.wake();
  }

  /** Finishes the batch under way, stores the state, closes the reader. The store is the caller's to stop. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#wakeup.wake();
    await this.#running.catch(() => {});
    await this.#reader?.stop();
    this.#reader = null;
  }

  async #run(): Promise<void> {
    const reader = this.#reader!;
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const entries = this.#head > reader.position ? await reader.read(READ_BYTES, this.#head) : [];
      await this.#take(entries);
      if (entries.length === 0) await this.#idle();
    }
    if (this.#processed > this.#retainFrom) await this.#commit(this.#processed, true);
  }

  async #take(entries: readonly JournalEntry[]): Promise<void> {
    let headBefore = this.#head;
    let beganMs = this.#nowMs();
    for (const entry of entries) {
      if (this.#abort.signal.aborted) return;
      await this.#stage.process(entry.position, entry.payload);
      this.#processed = entry.next;
      // A commit never spans what was stored before a restart and what was not.
      const boundary = entry.next === this.#committed;
      if (!boundary && entry !== entries.at(-1) && this.#records.length < COMMIT_RECORDS) continue;
      await this.#commit(entry.next);
      if (this.#head > headBefore) await this.#yieldToIntake(this.#nowMs() - beganMs);
      headBefore = this.#head;
      beganMs = this.#nowMs();
    }
  }

  /**
   * While batches keep coming, rests as long as it worked: on a small machine the senders' acknowledgements need the
   * processor more. Not once it lags far behind: then what is in the journal is what matters.
   */
  async #yieldToIntake(workedMs: number): Promise<void> {
    if (this.#head - this.#processed > YIELD_LAG_BYTES) return;
    const restMs = Math.min(workedMs, LONGEST_REST_MS);
    if (restMs >= 1) await delay(restMs, undefined, { signal: this.#abort.signal }).catch(() => {});
  }

  async #idle(): Promise<void> {
    await this.#wakeup.wait(TICK_MS);
    if (this.#abort.signal.aborted) return;
    this.#engine.tick(this.#options.clockUs(), (detection) => this.#detected(detection, 'clock'));
    const due = this.#processed > this.#retainFrom && this.#isStateDue();
    if (this.#detections.length > 0 || due) await this.#commit(this.#processed);
  }

  async #commit(position: number, final = false): Promise<void> {
    const again = position <= this.#committed;
    const takeState = final || this.#isStateDue();
    const state = takeState ? { position, data: await this.#snapshot() } : undefined;
    const batch: StoreBatch = {
      // What a restart reads for the second time is in the store already.
      records: again ? [] : this.#records,
      samples: again ? [] : this.#samples,
      detections: this.#detections,
      incidents: this.#versions,
      nodes: this.#stage.nodes.takeChanged(),
      position: Math.max(position, this.#committed),
      ...(state ? { state } : {}),
    };
    await this.#store(batch, final);
    this.#records = [];
    this.#samples = [];
    this.#detections = [];
    this.#versions = [];
    this.#committed = batch.position;
    if (state) this.#retainFrom = position;
    this.#options.onCommitted({
      position: this.#committed,
      retainFrom: this.#retainFrom,
      recordCount: batch.records.length,
      sampleCount: batch.samples.length,
      detections:
        again && !final ? batch.detections.filter((d) => d.rule === 'node-silent') : batch.detections,
      incidents: newestOf(batch.incidents),
      live: batch.records.length > LIVE_RECORDS ? batch.records.slice(-LIVE_RECORDS) : batch.records,
      backlog: this.#options.store.backlog(),
      retention: await this.#retain(),
    });
  }

  /** Commits, and while the store is full waits and tries the same batch again; nothing is skipped. */
  async #store(batch: StoreBatch, final: boolean): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#options.store.commit(batch);
        if (attempt > 0) this.#options.onTrouble(null);
        return;
      } catch (error) {
        if (!isStoreFull(error) || final || this.#abort.signal.aborted) throw error;
        this.#options.onTrouble(error.message);
        await this.#options.store.retain(this.#options.clockUs()).catch(() => {});
        await delay(RETRY_MS, undefined, { signal: this.#abort.signal }).catch(() => {});
      }
    }
  }

  async #retain(): Promise<RetentionResult | null> {
    if (this.#nowMs() < this.#retainAtMs) return this.#retention;
    this.#retainAtMs = this.#nowMs() + RETAIN_EVERY_MS;
    this.#retention = await this.#options.store.retain(this.#options.clockUs());
    return this.#retention;
  }

  #isStateDue(): boolean {
    const now = this.#nowMs();
    if (now >= this.#snapshotAtMs) return true;
    const behind = this.#processed - this.#retainFrom;
    const pressing = Math.min(this.#options.journalMaxBytes * JOURNAL_SHARE, BEHIND_BYTES);
    return behind > pressing && now >= this.#snapshotPressedAtMs;
  }

  async #snapshot(): Promise<Uint8Array> {
    const began = this.#nowMs();
    const json = JSON.stringify({
      engine: this.#engine.snapshot(),
      incidents: this.#incidents.snapshot(),
      stage: this.#stage.snapshot(),
    });
    const data = await compress(json);
    const now = this.#nowMs();
    const restMs = (now - began) / SNAPSHOT_SHARE;
    this.#snapshotAtMs = now + Math.max(SNAPSHOT_EVERY_MS, restMs);
    this.#snapshotPressedAtMs = now + Math.max(SNAPSHOT_PRESSED_MS, restMs);
    return data;
  }

  /** A state that cannot be read, whatever is wrong with it, costs what it remembered; it never keeps NADIR from starting. */
  async #restoreOrBeginAnew(data: Uint8Array): Promise<void> {
    try {
      await this.#restore(data);
    } catch (error) {
      this.#engine = this.#makeEngine();
      this.#incidents = createIncidents(this.#options.incidents);
      this.#stage = this.#makeStage();
      this.#options.onStateLost?.(error instanceof Error ? error.message.slice(0, 300) : 'unknown');
    }
  }

  async #restore(data: Uint8Array): Promise<void> {
    const json = await decompress(data, { maxOutputLength: STATE_BYTES });
    const state = JSON.parse(json.toString()) as { engine: unknown; incidents?: unknown; stage: unknown };
    if (this.#engine.restore(state.engine)) this.#stage.restore(state.stage);
    this.#incidents.restore(state.incidents);
  }

  #nowMs(): number {
    return this.#options.clockUs() / 1000;
  }
}

function newestOf(versions: readonly Incident[]): readonly Incident[] {
  return [...new Map(versions.map((incident) => [incident.id, incident])).values()];
}

function isStoreFull(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'STORE_FULL';
}
