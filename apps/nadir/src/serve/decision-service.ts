import { join } from 'node:path';
import type { Logger } from '@suite/cli';
import { createNever, DecisionBook, DecisionDesk, lapiRoutes } from '@suite/decisions';
import type { Detection } from '@suite/event';
import type { StoreReader } from '@suite/store';
import type { FastifyInstance } from 'fastify';
import type { NadirConfig } from '../config.ts';
import { reasonOf } from '../reason.ts';
import { ownAddresses } from './own-addresses.ts';
import { openOrSetAside } from './set-aside.ts';

/** Detections of one page while catching up. */
const PAGE = 500;
/** Addresses that agents send from; more agents than that is no small cluster. */
const SENDERS = 10_000;
const AGAIN_MS = 30_000;

/**
 * Decisions, where they are switched on: what was detected becomes bans, CrowdSec's bouncers ask for them. After a
 * restart the detections of the last `duration` are looked at again; one that was decided is not decided twice.
 */
export class DecisionService {
  readonly desk: DecisionDesk;
  readonly #book: DecisionBook;
  readonly #config: NadirConfig;
  readonly #clockUs: () => number;
  readonly #log: Logger;
  readonly #senders = new Set<string>();
  #reader: StoreReader | null = null;
  #trouble: string | null = null;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(config: NadirConfig, clockUs: () => number, log: Logger) {
    const { decisions, detection, syslog } = config;
    this.#config = config;
    this.#clockUs = clockUs;
    this.#log = log;
    const path = join(config.data_dir, 'decisions.db');
    this.#book = openOrSetAside(
      path,
      () => new DecisionBook({ path, maxActive: decisions.max_active }),
      (aside) => log.error({ file: aside }, 'the book of bans was broken; starting anew'),
    );
    this.desk = new DecisionDesk({
      book: this.#book,
      rules: decisions.rules,
      durationMs: decisions.duration,
      longestMs: decisions.longest,
      never: createNever({
        allow: [...detection.allow, ...decisions.allow, ...syslog.allow],
        banPrivate: decisions.ban_private,
        own: () => [...ownAddresses(), ...this.#senders],
      }),
      clockUs,
      onDecision: ({ value, scenario, untilUs }) =>
        log.info({ address: value, rule: scenario, until: new Date(untilUs / 1000).toISOString() }, 'banned'),
      onLifted: (value, by) => log.info({ value, by }, 'a ban was taken back'),
      onSpared: (address, reason, { rule }) => log.warn({ address, rule, reason }, 'not banned'),
    });
    this.#liftNever();
  }

  /**
   * Looks again at what was detected while nobody decided, or just before the end. A store that does not answer holds
   * up nothing: it is asked again.
   */
  start(reader: StoreReader): void {
    this.#reader = reader;
    this.#catchUp(reader).catch((error: unknown) => {
      if (this.#stopped) return;
      this.#log.warn({ reason: reasonOf(error) }, 'the store could not be asked for earlier detections');
      this.#startAgain();
    });
  }

  #startAgain(): void {
    const reader = this.#reader;
    if (this.#timer !== null || this.#stopped || reader === null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.start(reader);
    }, AGAIN_MS);
    this.#timer.unref();
  }

  async #catchUp(reader: StoreReader): Promise<void> {
    const fromUs = this.#clockUs() - this.#config.decisions.duration * 1000;
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<StoreReader['detections']>> = await reader.detections({
        fromUs,
        limit: PAGE,
        ...(cursor === null ? {} : { cursor }),
      });
      if (this.#stopped) return;
      this.observe(page.items);
      cursor = page.next;
    } while (cursor !== null && !this.#stopped);
  }

  /**
   * Never throws: a disk that takes nothing more costs bans, not NADIR. The store is asked again for what was missed, since
   * it may be noticed long before there is room again.
   */
  observe(detections: readonly Detection[]): void {
    if (detections.length === 0) return;
    try {
      this.desk.observeAll(detections);
      if (this.#trouble !== null) this.#log.info('bans can be kept again');
      this.#trouble = null;
    } catch (error) {
      if (this.#trouble === null) this.#log.error({ reason: reasonOf(error) }, 'a ban could not be kept');
      this.#trouble = reasonOf(error);
      this.#startAgain();
    }
  }

  /** What keeps bans from being kept now, in words. */
  problems(): readonly string[] {
    return this.#trouble === null ? [] : [`Bans cannot be kept: ${this.#trouble}`];
  }

  /** An authenticated agent sent from this address: it is the cluster's own. */
  sender(address: string): void {
    if (this.#senders.size >= SENDERS || this.#senders.has(address)) return;
    this.#senders.add(address);
    this.#liftNever(address);
  }

  /** Bans of what was put on the allow-list since, or turned out to be the cluster's own. */
  #liftNever(address?: string): void {
    try {
      this.desk.liftNever(address);
    } catch (error) {
      this.#log.error({ reason: reasonOf(error) }, 'bans of allowed addresses could not be taken back');
    }
  }

  async register(app: FastifyInstance): Promise<void> {
    await app.register(lapiRoutes, {
      book: this.#book,
      bouncers: this.#config.decisions.bouncers,
      clockUs: this.#clockUs,
    });
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#book.stop();
  }
}
