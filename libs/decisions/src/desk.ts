import type { Detection } from '@suite/event';
import type { DecisionBook } from './book.ts';
import type { Decision } from './decision.ts';
import { plainAddress } from './plain-address.ts';
import { type PolicyOptions, wantedBan } from './policy.ts';

export interface DecisionDeskOptions extends PolicyOptions {
  readonly book: DecisionBook;
  /** Why an address must never be banned: `createNever`. */
  readonly never: (value: string) => string | null;
  readonly clockUs: () => number;
  onDecision(decision: Decision): void;
  onLifted(value: string, by: string): void;
  /** A detection asked for a ban that must not be. */
  onSpared(address: string, reason: string, detection: Detection): void;
}

/** From detections to decisions: the policy asks, the never-list has the last word, the book keeps. */
export class DecisionDesk {
  readonly #options: DecisionDeskOptions;
  /** Addresses that were spared are told once an hour, not once a detection. */
  readonly #spared = new Map<string, number>();

  constructor(options: DecisionDeskOptions) {
    this.#options = options;
  }

  /** Several detections, at the cost of one write to the disk. @throws when they cannot be kept: none of them is. */
  observeAll(detections: Iterable<Detection>): void {
    this.#options.book.together(() => {
      for (const detection of detections) this.observe(detection);
    });
  }

  /** Idempotent: the same detection and version changes nothing the second time. */
  observe(detection: Detection): void {
    const { book, never, clockUs, onDecision } = this.#options;
    const now = clockUs();
    const wanted = wantedBan(detection, this.#options, now, (address) => book.earlier(address));
    if (wanted === null) return;
    const reason = never(wanted.value);
    if (reason !== null) {
      this.#spare(wanted.value, reason, detection, now);
      return;
    }
    const decision = book.add(wanted);
    if (decision) onDecision(decision);
  }

  /** What the operator wants banned. @throws RangeError with the reason when it must not be. */
  ban(wanted: string, durationMs: number, reason: string): Decision | null {
    const { book, never, clockUs } = this.#options;
    const now = clockUs();
    const value = plainValue(wanted);
    const spared = never(value);
    if (spared !== null) throw new RangeError(`${value} must not be banned: ${spared}`);
    return book.add({
      key: '',
      scope: value.includes('/') ? 'Range' : 'Ip',
      value,
      type: 'ban',
      origin: 'operator',
      scenario: 'operator',
      detectionId: '',
      reason,
      createdUs: now,
      untilUs: now + durationMs * 1000,
    });
  }

  /** Takes bans back at once. @param by who says so. @returns what was taken back. */
  unban(wanted: string, by: string): readonly Decision[] {
    const value = plainValue(wanted);
    const lifted = this.#options.book.remove(value, this.#options.clockUs());
    if (lifted.length > 0) this.#options.onLifted(value, by);
    return lifted;
  }

  /** What holds now, oldest first: all of it, or the newest `limit`. */
  active(limit?: number): readonly Decision[] {
    return this.#options.book.active(this.#options.clockUs(), limit);
  }

  activeCount(): number {
    return this.#options.book.activeCount(this.#options.clockUs());
  }

  /** Takes back what must not be banned any more: the allow-list has grown, or an agent came from `address`. */
  liftNever(address?: string): void {
    const { book, never, clockUs, onLifted } = this.#options;
    const now = clockUs();
    const held = address === undefined ? book.active(now) : book.about(plainAddress(address), now);
    for (const { value } of held) {
      const reason = never(value);
      if (reason !== null && book.remove(value, now).length > 0) onLifted(value, `NADIR: ${reason}`);
    }
  }

  #spare(address: string, reason: string, detection: Detection, nowUs: number): void {
    if (nowUs - (this.#spared.get(address) ?? 0) < 3_600e6) return;
    if (this.#spared.size >= 10_000) this.#spared.clear();
    this.#spared.set(address, nowUs);
    this.#options.onSpared(address, reason, detection);
  }
}

function plainValue(value: string): string {
  return value.includes('/') ? value.toLowerCase() : plainAddress(value);
}
