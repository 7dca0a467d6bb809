import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@suite/cli';
import type { Alert } from '@suite/event';
import type { AlertSink } from '@suite/incidents';
import { Courier, Outbox } from '@suite/notify';
import { createChannels } from '../channels.ts';
import type { NadirConfig } from '../config.ts';
import { openOrSetAside } from './set-aside.ts';

/** The configured channels behind their durable queue, `data_dir/outbox.db`. */
export class Telling implements AlertSink {
  readonly #outbox: Outbox;
  readonly #courier: Courier;

  private constructor(outbox: Outbox, courier: Courier) {
    this.#outbox = outbox;
    this.#courier = courier;
  }

  /** Null when no channel is configured. @throws when a channel cannot be made or the queue not be opened. */
  static async start(config: NadirConfig, clockUs: () => number, log: Logger): Promise<Telling | null> {
    const channels = await createChannels(config);
    if (channels.length === 0) return null;
    await mkdir(config.data_dir, { recursive: true, mode: 0o700 });
    const path = join(config.data_dir, 'outbox.db');
    const outbox = openOrSetAside(
      path,
      () => new Outbox(path),
      (aside) => log.error({ file: aside }, 'the queue of alerts was broken; starting anew'),
    );
    const courier = new Courier({
      outbox,
      channels,
      clockMs: () => clockUs() / 1000,
      random: Math.random,
      onSent: (channel, { id }) => log.info({ channel, alert: id }, 'told'),
      onTrouble: (channel, reason, forGood) =>
        log.error(
          { channel, reason },
          forGood ? 'an alert was refused for good' : 'an alert waits; tried again',
        ),
    });
    courier.start();
    return new Telling(outbox, courier);
  }

  deliver(alert: Alert): Promise<void> {
    return this.#courier.deliver(alert);
  }

  /** Channels that do not work now, in words. */
  problems(): readonly string[] {
    return this.#courier
      .state()
      .filter(({ lastError }) => lastError !== null)
      .map(
        ({ notifier, waiting, lastError }) =>
          `The channel ${notifier} fails (${lastError}); ${waiting} alerts wait.`,
      );
  }

  /** May be called twice. */
  async stop(): Promise<void> {
    await this.#courier.stop();
    this.#outbox.stop();
  }
}
