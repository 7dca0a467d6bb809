import type { Alert, Level } from '@suite/event';
import { foldAlerts } from './fold.ts';
import type { Outbox, OutboxState, Outgoing } from './outbox.ts';
import { DeliveryError, type Notifier } from './port.ts';

/** A notifier with what the operator wants told through it. */
export interface Channel {
  /** Unique among all channels. */
  readonly name: string;
  readonly notifier: Notifier;
  readonly minLevel: Level;
  /** Messages an hour; what is beyond waits and is told as one. Critical ones are never held back. */
  readonly maxPerHour: number;
}

export interface CourierOptions {
  readonly outbox: Outbox;
  readonly channels: readonly Channel[];
  readonly clockMs: () => number;
  /** 0 to 1: spreads repeated attempts. */
  readonly random: () => number;
  onSent(channel: string, alert: Alert): void;
  onTrouble(channel: string, reason: string, forGood: boolean): void;
}

const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];
const HOUR_MS = 3_600_000;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = HOUR_MS;
/** After that nobody needs to be woken for it any more; the incident is in the console. */
const GIVE_UP_MS = 72 * HOUR_MS;
/** Fewer attempts than that were not three days: the clock was set. */
const GIVE_UP_ATTEMPTS = 24;
const SEND_TIMEOUT_MS = 20_000;
const LONGEST_SLEEP_MS = 60_000;
/** A queue that cannot be written is not asked to tell the same again and again. */
const QUEUE_RETRY_MS = 60_000;

/**
 * Brings alerts to people: queued durably, sent in the order of urgency, one at a time a channel, tried again after
 * 5 seconds, doubling up to an hour, for three days. A channel that fails holds up no other.
 */
export class Courier {
  readonly #options: CourierOptions;
  readonly #abort = new AbortController();
  readonly #wake = new Map<string, () => void>();
  /** What was sent while the queue could not be written: it is not sent again. */
  readonly #unrecorded = new Map<string, readonly number[]>();
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = Promise.all(this.#options.channels.map((channel) => this.#serve(channel)));
  }

  /** Resolves when the alert is durable in the queue of every channel that wants it. Idempotent by `alert.id`. */
  async deliver(alert: Alert): Promise<void> {
    const { outbox, channels, clockMs } = this.#options;
    const wanted = channels.filter(({ minLevel }) => LEVELS.indexOf(alert.level) >= LEVELS.indexOf(minLevel));
    outbox.put(
      alert,
      wanted.map(({ name }) => name),
      clockMs(),
    );
    for (const { name } of wanted) this.#wake.get(name)?.();
  }

  state(): readonly OutboxState[] {
    return this.#options.channels.map(({ name }) => this.#options.outbox.state(name));
  }

  /** Ends what is being sent; it stays queued. May be called twice. */
  async stop(): Promise<void> {
    this.#abort.abort();
    for (const wake of this.#wake.values()) wake();
    await this.#running;
  }

  async #serve(channel: Channel): Promise<void> {
    while (!this.#abort.signal.aborted) {
      try {
        await this.#step(channel);
      } catch (error) {
        // The queue itself fails: a disk that is full.
        if (this.#abort.signal.aborted) return;
        this.#options.onTrouble(channel.name, `the queue: ${reasonOf(error)}`, false);
        await this.#sleep(channel.name, QUEUE_RETRY_MS, 'whole');
      }
    }
  }

  async #step(channel: Channel): Promise<void> {
    const { outbox, clockMs } = this.#options;
    const unrecorded = this.#unrecorded.get(channel.name);
    if (unrecorded) this.#record(channel.name, unrecorded);
    const next = outbox.due(channel.name, clockMs());
    const waitMs = next === null ? this.#untilDue(channel) : this.#held(channel, next);
    if (next !== null && waitMs === 0) await this.#send(channel, next);
    else await this.#sleep(channel.name, waitMs);
  }

  #untilDue({ name }: Channel): number {
    const dueMs = this.#options.outbox.nextDueMs(name);
    return dueMs === null ? LONGEST_SLEEP_MS : Math.max(1, dueMs - this.#options.clockMs());
  }

  #sentLately(name: string): number {
    const now = this.#options.clockMs();
    return this.#options.outbox.sentBetween(name, now - HOUR_MS, now);
  }

  /** How long the rate limit holds a message back. */
  #held(channel: Channel, { alert }: Outgoing): number {
    if (alert.level === 'critical') return 0;
    const sent = this.#sentLately(channel.name);
    return sent < channel.maxPerHour ? 0 : LONGEST_SLEEP_MS;
  }

  async #send(channel: Channel, first: Outgoing): Promise<void> {
    const { onSent, onTrouble } = this.#options;
    const together = this.#together(channel, first);
    const alert = together.length === 1 ? first.alert : foldAlerts(together);
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(SEND_TIMEOUT_MS)]);
    try {
      await channel.notifier.send(alert, signal);
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      const forGood = !this.#again(together, error);
      onTrouble(channel.name, reasonOf(error), forGood);
      return;
    }
    onSent(channel.name, alert);
    this.#record(
      channel.name,
      together.map(({ id }) => id),
    );
  }

  #record(name: string, ids: readonly number[]): void {
    this.#unrecorded.set(name, ids);
    this.#options.outbox.sent(ids, this.#options.clockMs());
    this.#unrecorded.delete(name);
  }

  /** What goes in one message: the last that the limit allows takes along all that wait behind it. */
  #together(channel: Channel, first: Outgoing): readonly Outgoing[] {
    const { outbox } = this.#options;
    if (first.alert.level === 'critical') return [first];
    const sent = this.#sentLately(channel.name);
    if (sent < channel.maxPerHour - 1) return [first];
    return outbox.waiting(channel.name).filter(({ alert }) => alert.level !== 'critical');
  }

  /** @returns whether any of them is tried again. */
  #again(messages: readonly Outgoing[], error: unknown): boolean {
    const { outbox, clockMs, random } = this.#options;
    const now = clockMs();
    const transient = !(error instanceof DeliveryError) || error.transient;
    let again = false;
    for (const { id, attempts, createdMs } of messages) {
      const backOffMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LONGEST_RETRY_MS);
      const askedMs = error instanceof DeliveryError ? (error.retryAfterMs ?? 0) : 0;
      const dueMs = now + Math.max(askedMs, backOffMs * (0.75 + random() / 2));
      const isOver = dueMs - createdMs > GIVE_UP_MS && attempts >= GIVE_UP_ATTEMPTS;
      if (!transient || isOver) outbox.failed(id, now, reasonOf(error));
      else {
        outbox.postponed(id, Math.round(dueMs), reasonOf(error));
        again = true;
      }
    }
    return again;
  }

  /** @param whole a new alert does not end it. */
  async #sleep(name: string, waitMs: number, whole?: 'whole'): Promise<void> {
    if (this.#abort.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(waitMs, LONGEST_SLEEP_MS));
      this.#wake.set(name, () => {
        if (whole && !this.#abort.signal.aborted) return;
        clearTimeout(timer);
        resolve();
      });
    });
    this.#wake.delete(name);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown';
}
