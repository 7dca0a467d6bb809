import type { OperatorDesk } from '@suite/api';
import type { Logger } from '@suite/cli';
import type { Incident } from '@suite/event';
import {
  type AlertDesk,
  type AlertSettings,
  type AlertSink,
  createAlertDesk,
  type MuteRequest,
} from '@suite/incidents';
import type { StoreReader } from '@suite/store';
import { reasonOf } from '../reason.ts';
import type { AlertDeskFile } from './alert-desk-file.ts';

export interface AlertServiceOptions {
  readonly settings: AlertSettings;
  readonly file: AlertDeskFile;
  /** Whom alerts are handed to; null leaves them to the log and the list of alerts. */
  readonly sink: AlertSink | null;
  readonly clockUs: () => number;
  readonly log: Logger;
}

const TICK_MS = 30_000;
/** How often the store is asked for incidents that were missed. */
const SWEEP_EVERY_US = 10 * 60_000_000;
/** How far back it is asked. */
const SWEEP_BACK_US = 7 * 86_400_000_000;
const SWEEP_MOST = 2_000;
const PAGE = 200;
/** A flood of incidents that nobody is told of is written at most so often. */
const SAVE_EVERY_MS = 1_000;

/**
 * Keeps the alert desk's decisions durable and hands them on: what is decided is in the file before it is delivered,
 * and leaves it once the sink has it. Killed at any moment, the next start delivers what was decided, and decides on
 * what was committed and never came here, by asking the store; each once, since alerts keep their ids.
 */
export class AlertService implements OperatorDesk {
  readonly #options: AlertServiceOptions;
  readonly #desk: AlertDesk;
  #reader: StoreReader | null = null;
  #saved = 0;
  #savedAtMs = 0;
  #saving: Promise<void> = Promise.resolve();
  #sweptUs = 0;
  #trouble: string | null = null;
  #sweeping: Promise<void> = Promise.resolve();
  #working: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(options: AlertServiceOptions) {
    this.#options = options;
    this.#desk = createAlertDesk(options.settings);
  }

  /** Restores what was decided; catches up with the store beside. @throws when the file is there and cannot be read. */
  async start(reader: StoreReader): Promise<void> {
    const { file, log } = this.#options;
    this.#reader = reader;
    const loaded = await file.load();
    if (loaded.kind === 'state' && !this.#desk.restore(loaded.state))
      log.error('the alerts’ state is of another version; starting anew');
    if (loaded.kind === 'broken')
      log.error(
        { file: loaded.aside, reason: loaded.reason },
        'the alerts’ state was not readable; starting anew',
      );
    // A full disk must not keep NADIR from starting: it takes what comes, and says that alerts wait.
    await this.#save().catch((error: unknown) => this.#waits(error));
    this.#sweepSoon();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
    this.#work();
  }

  committed(incidents: readonly Incident[]): void {
    const nowUs = this.#options.clockUs();
    for (const incident of incidents) this.#desk.offer(incident, nowUs);
    this.#work();
  }

  /** Saves what was decided; what was not delivered is delivered after the next start. May be called twice. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#sweeping;
    await this.#working;
    if (this.#reader !== null && this.#desk.revision !== this.#saved)
      await this.#save().catch((error: unknown) => this.#waits(error));
  }

  /** What keeps alerts from being kept or queued now, in words. */
  problems(): readonly string[] {
    return this.#trouble === null ? [] : [`Alerts wait: ${this.#trouble}`];
  }

  entries() {
    return this.#desk.entries();
  }

  acknowledged(incidentId: string) {
    return this.#desk.acknowledged(incidentId);
  }

  mutes() {
    return this.#desk.mutes(this.#options.clockUs());
  }

  async acknowledge(incident: Incident, by: string, note: string) {
    const { clockUs, log } = this.#options;
    const done = this.#desk.acknowledge(incident.id, incident.level, by, note, clockUs());
    await this.#save();
    log.info({ incident: incident.id, by: done.by, note: done.note }, 'an incident was acknowledged');
    return done;
  }

  async mute(request: MuteRequest) {
    const { clockUs, log } = this.#options;
    const mute = this.#desk.mute(request, clockUs());
    await this.#save();
    log.info({ ...mute, expires: new Date(mute.expiresUs / 1000).toISOString() }, 'a mute was made');
    return mute;
  }

  async unmute(id: string, by: string) {
    const mute = this.#desk.unmute(id);
    if (mute === null) return null;
    await this.#save();
    this.#options.log.info({ ...mute, liftedBy: by }, 'a mute was lifted');
    return mute;
  }

  #tick(): void {
    const nowUs = this.#options.clockUs();
    this.#desk.tick(nowUs);
    if (nowUs - this.#sweptUs >= SWEEP_EVERY_US) this.#sweepSoon();
    this.#work();
  }

  /** A store that does not answer (a remote one that is down) holds up nothing; it is asked again at the next tick. */
  #sweepSoon(): void {
    this.#sweeping = this.#sweep().catch((error: unknown) => {
      this.#sweptUs = 0;
      this.#options.log.warn(
        { reason: reasonOf(error) },
        'the store could not be asked for missed incidents',
      );
    });
  }

  /** Offers the newest incidents of the store: what was told is not told again. */
  async #sweep(): Promise<void> {
    const nowUs = this.#options.clockUs();
    this.#sweptUs = nowUs;
    const missed: Incident[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<StoreReader['incidents']>> = await this.#reader!.incidents({
        fromUs: nowUs - SWEEP_BACK_US,
        minLevel: this.#options.settings.minLevel,
        limit: PAGE,
        ...(cursor === null ? {} : { cursor }),
      });
      missed.push(...page.items);
      cursor = page.next;
    } while (cursor !== null && missed.length < SWEEP_MOST && !this.#stopped);
    // Oldest first, as they would have come.
    for (const incident of missed.reverse()) this.#desk.offer(incident, nowUs);
    this.#work();
  }

  /** One at a time; what comes meanwhile is taken along by another round. */
  #work(): void {
    this.#again = true;
    this.#working ??= this.#rounds();
  }

  async #rounds(): Promise<void> {
    // The assignment of this very promise comes first.
    await null;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await this.#round();
        this.#trouble = null;
      } catch (error) {
        this.#waits(error);
      }
    }
    // In the same turn as the last look: nothing comes in between and is left.
    this.#working = null;
  }

  #waits(error: unknown): void {
    this.#trouble = reasonOf(error);
    this.#options.log.error({ reason: this.#trouble }, 'an alert waits: it could not be kept or queued');
  }

  async #round(): Promise<void> {
    const { sink, clockUs, log } = this.#options;
    const due = [...this.#desk.due()];
    const pressing = due.length > 0 || clockUs() / 1000 - this.#savedAtMs >= SAVE_EVERY_MS;
    if (pressing && this.#desk.revision !== this.#saved) await this.#save();
    for (const alert of due) {
      await sink?.deliver(alert);
      log.warn(
        { alert: alert.id, level: alert.level, incident: alert.incidentId, text: alert.text },
        alert.title,
      );
      this.#desk.delivered(alert.id);
    }
  }

  /** One after the other: an older state never replaces a newer one. */
  #save(): Promise<void> {
    const saved = this.#saving.then(async () => {
      const { revision } = this.#desk;
      await this.#options.file.save(this.#desk.snapshot());
      this.#saved = revision;
      this.#savedAtMs = this.#options.clockUs() / 1000;
    });
    this.#saving = saved.catch(() => {});
    return saved;
  }
}
