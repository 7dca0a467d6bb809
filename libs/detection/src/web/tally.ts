import { BoundedMap } from '../bounded-map.ts';

const CLIENTS = 10_000;
const MINUTE_US = 60_000_000;

/** What a client asked lately; short names because it is snapshotted. */
export interface Tally {
  firstUs: number;
  /** Where the present window began, and the requests in it and in the one before. */
  windowUs: number;
  ok: number;
  bad: number;
  okBefore: number;
  badBefore: number;
  minuteUs: number;
  inMinute: number;
  /** What the minute before had, at the first request of a new one; else 0. */
  endedMinute: number;
  /** Requests that succeeded, ever; at most a million. */
  everOk: number;
}

/**
 * Counts the requests of each client, over a sliding window of two halves. Keeps 10,000 clients; the one quiet longest
 * is forgotten first.
 */
export class Tallies {
  readonly #clients = new BoundedMap<Tally>(CLIENTS);
  readonly #windowUs: number;

  constructor(windowUs: number) {
    this.#windowUs = windowUs;
  }

  count(key: string, nowUs: number, failed: boolean): Tally {
    let tally = this.#clients.get(key);
    if (!tally) {
      tally = fresh(nowUs);
      this.#clients.set(key, tally);
    }
    this.#slide(tally, nowUs);
    if (failed) tally.bad += 1;
    else {
      tally.ok += 1;
      if (tally.everOk < 1_000_000) tally.everOk += 1;
    }
    tally.inMinute += 1;
    return tally;
  }

  peek(key: string): Tally | undefined {
    return this.#clients.peek(key);
  }

  snapshot(): unknown {
    return this.#clients.snapshot();
  }

  restore(state: unknown): void {
    this.#clients.restore(state);
  }

  #slide(tally: Tally, nowUs: number): void {
    const age = nowUs - tally.windowUs;
    if (age >= this.#windowUs || age < -this.#windowUs) {
      const next = age >= 0 && age < 2 * this.#windowUs;
      tally.okBefore = next ? tally.ok : 0;
      tally.badBefore = next ? tally.bad : 0;
      tally.ok = 0;
      tally.bad = 0;
      tally.windowUs = nowUs;
    }
    tally.endedMinute = 0;
    if (Math.abs(nowUs - tally.minuteUs) >= MINUTE_US) {
      tally.minuteUs = nowUs;
      tally.endedMinute = tally.inMinute;
      tally.inMinute = 0;
    }
  }
}

/** Which part of the lately asked failed, 0 to 1. */
export function failedShare(tally: Tally | undefined): number {
  if (!tally) return 1;
  const bad = tally.bad + tally.badBefore;
  return bad / Math.max(1, bad + tally.ok + tally.okBefore);
}

function fresh(nowUs: number): Tally {
  return {
    firstUs: nowUs,
    windowUs: nowUs,
    ok: 0,
    bad: 0,
    okBefore: 0,
    badBefore: 0,
    minuteUs: nowUs,
    inMinute: 0,
    endedMinute: 0,
    everOk: 0,
  };
}
