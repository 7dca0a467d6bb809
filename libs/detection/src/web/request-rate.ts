import type { LogRecord } from '@suite/event';
import { BoundedMap } from '../bounded-map.ts';
import type { Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';
import { FLOOD } from './about.ts';
import type { Asker } from './client.ts';
import type { Tally } from './tally.ts';

const HOUR_US = 3_600_000_000;
/** A week of hours. */
const HOURS = 168;
const TIMES_USUAL = 3;
const PLACE_FACTOR = 10;
const TOLD = 1_000;
/** Quieter minutes teach nothing. */
const LEAST = 30;

/** The busiest client-minute of each hour of the last week, and what is out of all proportion to it. */
export class RequestRate {
  readonly #floor: number;
  readonly #told = new BoundedMap<number>(TOLD);
  #hours: { hour: number; most: number }[] = [];

  /** @param floor requests of one client in a minute that are never a flood. */
  constructor(floor: number) {
    this.#floor = floor;
  }

  see(asker: Asker, tally: Tally, record: LogRecord, report: Report): void {
    const count = tally.inMinute;
    const floor = asker.address === null ? this.#floor * PLACE_FACTOR : this.#floor;
    if (tally.endedMinute > 0 && asker.address !== null) this.#learn(record.timeUs, tally.endedMinute);
    // The minute's count is looked at now and then: what matters is its order of magnitude.
    if (count < 16 || count % 16 !== 0) return;
    const usual = this.#usual();
    if (count < Math.max(floor, usual * TIMES_USUAL)) return;
    const last = this.#told.get(asker.key);
    this.#told.set(asker.key, record.timeUs);
    if (last !== undefined && Math.abs(record.timeUs - last) < HOUR_US) return;
    const isHome = record.timeUs - tally.firstUs > HOUR_US;
    const who = asker.address ?? `clients of ${quoteName(asker.place)}`;
    report(
      single(
        {
          rule: FLOOD.rule,
          title: FLOOD.title,
          level: isHome ? 'low' : 'medium',
          techniques: FLOOD.techniques,
        },
        record,
        known({
          'source.address': asker.address ?? undefined,
          'url.domain': asker.address === null ? asker.place : undefined,
          'host.name': record.event!['host.name'] ?? record.origin.host,
        }),
        `${who} sent ${count} requests within a minute; the busiest minute of a client in the last week had ${usual}. Next: ${FLOOD.next}`,
      ),
    );
  }

  snapshot(): unknown {
    return { hours: this.#hours, told: this.#told.snapshot() };
  }

  restore(state: unknown): void {
    const { hours, told } = (state ?? {}) as { hours?: { hour: number; most: number }[]; told?: unknown };
    this.#hours = hours ?? [];
    this.#told.restore(told);
  }

  #usual(): number {
    let most = 0;
    for (const hour of this.#hours) if (hour.most > most) most = hour.most;
    return most;
  }

  /** A minute that was reported is nobody's habit. */
  #learn(timeUs: number, count: number): void {
    if (count < LEAST || count >= Math.max(this.#floor, this.#usual() * TIMES_USUAL)) return;
    const hour = Math.floor(timeUs / HOUR_US);
    const last = this.#hours.at(-1);
    if (last?.hour === hour) last.most = Math.max(last.most, count);
    else this.#hours.push({ hour, most: count });
    if (this.#hours.length > HOURS) this.#hours.shift();
  }
}
