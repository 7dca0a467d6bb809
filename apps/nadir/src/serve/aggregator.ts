import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createLiveFeed, type Health, type LiveFeed } from '@suite/api';
import type { Logger } from '@suite/cli';
import type { Detection } from '@suite/event';
import { createIntakeCounters, JournalWithRoom, SequenceTable } from '@suite/intake';
import { type Journal, type JournalReader, openJournal } from '@suite/journal';
import { type Committed, PipelineThread, type RulesReport } from '@suite/pipeline';
import { openStoreReader, type StoreReader, type StoreSpec } from '@suite/store';
import type { NadirConfig } from '../config.ts';
import { alertSettings, detectionSettings, incidentSettings } from '../configuration.ts';
import { ruleSource } from '../rule-source.ts';
import { AlertDeskFile } from './alert-desk-file.ts';
import { AlertService } from './alert-service.ts';
import { DecisionService } from './decision-service.ts';
import { createHttpServer, type HttpServer } from './http-server.ts';
import { ownAddresses } from './own-addresses.ts';
import { createSyslogListeners, type SyslogListeners } from './syslog-listeners.ts';
import type { Telling } from './telling.ts';

export interface AggregatorOptions {
  readonly config: NadirConfig;
  readonly store: StoreSpec;
  readonly token: string;
  readonly version: string;
  readonly consoleDir: string | undefined;
  readonly clockUs: () => number;
  readonly log: Logger;
  onDetection(detection: Detection): void;
  /** Takes alerts to people; null: they are in the log and in the list of alerts. */
  readonly telling: Telling | null;
  /** The pipeline ended by itself. */
  onFailed(error: Error): void;
}

/** NADIR: intake and journal on this thread, the pipeline on its own, API and console beside. */
export class Aggregator {
  readonly #options: AggregatorOptions;
  readonly #live: LiveFeed = createLiveFeed();
  readonly #counters = createIntakeCounters();
  readonly #sequences = new SequenceTable();
  readonly #stopping = new AbortController();
  readonly #startedUs: number;
  #journal: Journal | null = null;
  #retention: JournalReader | null = null;
  #pipeline: PipelineThread | null = null;
  #reader: StoreReader | null = null;
  #http: HttpServer | null = null;
  #syslog: SyslogListeners | null = null;
  #decisions: DecisionService | null = null;
  #alerts: AlertService | null = null;
  #feeding: Promise<void> = Promise.resolve();
  #last: Committed | null = null;
  #position = 0;
  #trouble: string | null = null;
  #lostState: string | null = null;
  #ruleProblems: readonly string[] = [];

  constructor(options: AggregatorOptions) {
    this.#options = options;
    this.#startedUs = options.clockUs();
  }

  /** Where the console is: `http://127.0.0.1:7070`. */
  get url(): string {
    return this.#http?.url ?? '';
  }

  /** A link that logs a browser in, once. */
  loginLink(): string {
    return this.#http?.loginLink() ?? '';
  }

  async start(): Promise<void> {
    const { config, store, clockUs, log, token, consoleDir } = this.#options;
    const journalDir = join(config.data_dir, 'journal');
    await mkdir(config.data_dir, { recursive: true, mode: 0o700 });
    this.#pipeline = new PipelineThread({
      journalDir,
      journalMaxBytes: config.journal.max_size,
      store,
      settings: detectionSettings(config),
      incidents: incidentSettings(config, ownAddresses()),
      onCommitted: (commit) => this.#committed(commit),
      rules: ruleSource(config),
      onRules: (rules) => this.#rulesLoaded(rules),
      onTrouble: (reason) => this.#troubled(reason),
      onStateLost: (reason) => this.#stateLost(reason),
      onFailed: (error) => this.#options.onFailed(error),
    });
    const { from, stored } = await this.#pipeline.start();
    this.#position = stored;
    const journal = await openJournal({
      dir: journalDir,
      maxBytes: config.journal.max_size,
      segmentBytes: config.journal.segment_size,
      startAt: stored,
      checkpoint: this.#sequences.checkpoint,
      onLoss: (loss) => log.warn({ ...loss }, 'the journal lost records'),
    });
    this.#journal = journal;
    await this.#sequences.load(journal);
    this.#reader = await openStoreReader(store);
    if (config.decisions.enabled) {
      this.#decisions = new DecisionService(config, clockUs, log);
      this.#decisions.start(this.#reader);
    }
    this.#alerts = await this.#startAlerts(this.#reader);
    const intake = await JournalWithRoom.create(journal, journalDir);
    // The journal must not let go of anything before this reader stands: it is opened before the first batch can come.
    this.#retention = await journal.reader('pipeline');
    this.#retention.commit(from);
    this.#feeding = this.#feed(journal, from);
    this.#http = await createHttpServer({
      config,
      token,
      consoleDir,
      clockUs,
      journal: intake,
      sequences: this.#sequences,
      counters: this.#counters,
      reader: this.#reader,
      operator: this.#alerts,
      live: this.#live,
      health: () => this.#health(),
      decisions: this.#decisions,
    });
    this.#syslog = await createSyslogListeners(config, intake, clockUs);
  }

  /** Takes nothing more, finishes what is under way, leaves the rest to the next start. May be called twice. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopped'));
    await this.#syslog?.stop();
    await this.#http?.stop();
    await this.#feeding;
    await this.#pipeline?.stop();
    await this.#alerts?.stop();
    this.#decisions?.stop();
    await this.#reader?.stop();
    await this.#sequences.stop();
    await this.#journal?.stop();
  }

  async #startAlerts(reader: StoreReader): Promise<AlertService> {
    const { config, clockUs, log, telling } = this.#options;
    const alerts = new AlertService({
      settings: alertSettings(config),
      file: new AlertDeskFile(join(config.data_dir, 'alerts.json')),
      sink: telling,
      clockUs,
      log,
    });
    await alerts.start(reader);
    return alerts;
  }

  /** Tells the pipeline how far the journal is durable. */
  async #feed(journal: Journal, from: number): Promise<void> {
    const { signal } = this.#stopping;
    let head = from;
    try {
      for (;;) {
        this.#pipeline!.head(journal.head);
        head = journal.head;
        await journal.waitForHead(head, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      await this.#retention?.stop();
    }
  }

  #committed(commit: Committed): void {
    this.#last = commit;
    // Also while nothing comes in: a full journal refuses everything until it may let go of something.
    if (!this.#stopping.signal.aborted) this.#retention?.commit(commit.retainFrom);
    this.#position = commit.position;
    this.#live.publish(commit.live);
    for (const incident of commit.incidents) this.#live.publishIncident(incident);
    this.#alerts?.committed(commit.incidents);
    for (const detection of commit.detections) {
      this.#live.publishDetection(detection);
      this.#options.onDetection(detection);
    }
    this.#decisions?.observe(commit.detections);
  }

  #troubled(reason: string | null): void {
    this.#trouble = reason;
    const { log } = this.#options;
    if (reason === null) log.info('the store takes records again');
    else log.error({ reason }, 'the store takes nothing; the same records are tried again');
  }

  #stateLost(reason: string): void {
    this.#lostState = `Detection began anew at the start: what it remembered could not be read (${reason}).`;
    this.#options.log.error({ reason }, 'what detection remembered could not be read; it begins anew');
  }

  #rulesLoaded({ count, problems }: RulesReport): void {
    const { log } = this.#options;
    log.info({ rules: count, problems: problems.length }, 'rules are loaded');
    for (const problem of problems) log.error({ ...problem }, 'a rule does not hold');
    this.#ruleProblems = problems.map(({ file, line, reason }) => `${file}:${line}: ${reason}`);
  }

  #health(): Health {
    const journal = this.#journal!;
    const { refused, ...counters } = this.#counters;
    const refusals = Object.entries(refused).map(
      ([reason, count]) => [`refused_${reason}`, count ?? 0] as const,
    );
    const backlog = this.#last?.backlog ?? { pendingBytes: 0, rejectedPoints: 0, lastError: null };
    const lost =
      backlog.rejectedPoints > 0
        ? `The store refused ${backlog.rejectedPoints} points for good: ${backlog.lastRefusal ?? 'no reason given'}`
        : null;
    const problems = [
      this.#trouble,
      this.#lostState,
      backlog.lastError,
      lost,
      ...this.#ruleProblems,
      ...(this.#alerts?.problems() ?? []),
      ...(this.#decisions?.problems() ?? []),
      ...(this.#options.telling?.problems() ?? []),
    ].filter((text) => text !== null);
    return {
      version: this.#options.version,
      startedUs: this.#startedUs,
      journal: { headPosition: journal.head, tailPosition: journal.tail, sizeBytes: journal.sizeBytes },
      pipeline: { position: this.#position, lag: Math.max(0, journal.head - this.#position) },
      intake: { ...counters, ...Object.fromEntries(refusals) },
      store: backlog,
      problems,
    };
  }
}
