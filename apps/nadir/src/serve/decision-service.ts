import { join } from 'node:path';
import type { Logger } from '@suite/cli';
import { createNever, DecisionBook, DecisionDesk, lapiRoutes } from '@suite/decisions';
import type { Detection } from '@suite/event';
import type { StoreReader } from '@suite/store';
import type { FastifyInstance } from 'fastify';
import type { NadirConfig } from '../config.ts';
import { reasonOf } from '../reason.ts';
import { ownAddresses } from './own-addresses.ts';

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
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(config: NadirConfig, clockUs: () => number, log: Logger) {
    const { decisions, detection, syslog } = config;
    this.#config = config;
    this.#clockUs = clockUs;
    this.#log = log;
    this.#book = new DecisionBook({
      path: join(config.data_dir, 'decisions.db'),
      maxActive: decisions.max_active,
    });
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
  }

  /**
   * Looks again at what was detected while nobody decided, or just before the end. A store that does not answer holds
   * up nothing: it is asked again.
   */
  start(reader: StoreReader): void {
    this.#catchUp(reader).catch((error: unknown) => {
      if (this.#stopped) return;
      this.#log.warn({ reason: reasonOf(error) }, 'the store could not be asked for earlier detections');
      this.#timer = setTimeout(() => this.start(reader), AGAIN_MS);
      this.#timer.unref();
    });
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
      for (const detection of page.items) this.observe(detection);
      cursor = page.next;
    } while (cursor !== null && !this.#stopped);
  }

  observe(detection: Detection): void {
    this.desk.observe(detection);
  }

  /** An authenticated agent sent from this address: it is the cluster's own. */
  sender(address: string): void {
    if (this.#senders.size < SENDERS) this.#senders.add(address);
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
