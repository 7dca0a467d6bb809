import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@suite/cli';
import { releaseBuffer } from '@suite/journal';
import { createProbeRunner, createProbes, DEFAULT_ROOTS, type ProbeRunner } from '@suite/probes';
import { compressZstd } from '@suite/protocol';
import {
  Batcher,
  collectStatus,
  openSpool,
  Shipper,
  type Spool,
  StatusWriter,
  spoolSamples,
} from '@suite/shipping';
import type { Source, StreamStatus } from '@suite/sources';
import type { TomConfig } from './config.ts';
import type { AgentIdentity } from './identity.ts';
import { ledgerPoints } from './ledger-points.ts';
import { createSources } from './sources.ts';
import { statusFile } from './status-file.ts';

const BACK_OFF = { minMs: 100, maxMs: 30_000 };
const EPOCH_BYTES = 12;
/** One keeps up with the reader; each takes the memory of a batch, as lines and compressed. */
const COMPRESSING = 1;

export interface AgentOptions {
  readonly config: TomConfig;
  readonly identity: AgentIdentity;
  readonly version: string;
  /** Null: there is none to show. */
  readonly token: string | null;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly log: Logger;
  /** The spool failed for good: nothing can be made durable any more. */
  readonly onFailure: (error: Error) => void;
}

/** TOM: sources and probes into the spool, the spool to NADIR. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #sources: readonly Source[];
  #spool: Spool | null = null;
  #batcher: Batcher | null = null;
  #shipper: Shipper | null = null;
  #probes: ProbeRunner | null = null;
  #status: StatusWriter | null = null;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#sources = createSources(options.config, () => options.nowMs() * 1000, options.log);
  }

  get streams(): readonly StreamStatus[] {
    return this.#sources.flatMap((source) => source.status());
  }

  async start(): Promise<void> {
    const { config, identity, version, nowMs, log } = this.#options;
    await mkdir(config.state_dir, { recursive: true, mode: 0o700 });
    const spool = await openSpool({
      dir: join(config.state_dir, 'spool'),
      maxBytes: config.spool.max_size,
      segmentBytes: config.spool.segment_size,
      makeEpoch: () => randomBytes(EPOCH_BYTES).toString('hex'),
    });
    this.#spool = spool;
    for (const loss of spool.damage) log.warn({ ...loss }, 'the spool was damaged');
    const resource = { ...identity, version };
    const { level, batch_size: sealBytes } = config.spool;
    this.#batcher = new Batcher({
      spool,
      resource,
      encoding: 'zstd',
      compress: (body) => compressZstd(body, level),
      release: releaseBuffer,
      onFailure: this.#options.onFailure,
      sealBytes,
      compressing: COMPRESSING,
    });
    this.#shipper = await this.#createShipper(spool);
    this.#shipper.start();
    for (const source of this.#sources) await source.start(this.#batcher);
    this.#startProbes(spool, resource);
    this.#status = new StatusWriter({
      path: statusFile(config.state_dir),
      collect: () =>
        collectStatus({
          agent: identity.agent,
          spool,
          shipper: this.#shipper!,
          streams: this.streams,
          nowMs: nowMs(),
        }),
      onError: (error) => log.warn({ error }, 'the status file could not be written'),
    });
    this.#status.start();
  }

  /** Reads no more, makes durable what was read, and leaves the rest to the next start. May be called twice. */
  async stop(): Promise<void> {
    await this.#probes?.stop();
    // Together: a source may be waiting for room in a full spool, and the batcher's end is what lets it go.
    await Promise.all([this.#batcher?.stop(), ...this.#sources.map((source) => source.stop())]);
    await this.#shipper?.stop();
    await this.#status?.stop();
    await this.#spool?.stop();
  }

  async #createShipper(spool: Spool): Promise<Shipper> {
    const { config, identity, token, nowMs, random } = this.#options;
    const { url, timeout, tls } = config.nadir;
    const read = (file: string | undefined) => (file === undefined ? undefined : readFile(file, 'utf8'));
    const [ca, cert, key] = await Promise.all([read(tls.ca), read(tls.cert), read(tls.key)]);
    return new Shipper({
      outlet: spool.outlet,
      agent: identity.agent,
      url,
      timeoutMs: timeout,
      token: () => Promise.resolve(token),
      nowMs,
      backOff: { ...BACK_OFF, random },
      ...(ca || cert ? { tls: { ...(ca ? { ca } : {}), ...(cert && key ? { cert, key } : {}) } } : {}),
    });
  }

  #startProbes(spool: Spool, resource: AgentIdentity & { version: string }): void {
    const { config, nowMs, log } = this.#options;
    const clock = () => nowMs() * 1000;
    const probes = createProbes(DEFAULT_ROOTS, config.probes.enabled);
    this.#probes = createProbeRunner({
      probes,
      intervalMs: config.probes.interval,
      clock,
      onPoints: (points, timeUs) => {
        const all = [...points, ...ledgerPoints(spool.ledger)];
        return spoolSamples(all, timeUs, { spool, resource }).catch((error: unknown) =>
          log.warn({ error }, 'a reading could not be spooled'),
        );
      },
      onError: (probe, error) => log.warn({ probe, error }, 'a probe failed'),
    });
    void this.#probes.start();
  }
}
