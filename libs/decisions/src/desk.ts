import type { Detection } from '@suite/event';
import type { DecisionBook } from './book.ts';
import type { Decision } from './decision.ts';
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
  ban(value: string, durationMs: number, reason: string): Decision | null {
    const { book, never, clockUs } = this.#options;
    const now = clockUs();
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
  unban(value: string, by: string): readonly Decision[] {
    const lifted = this.#options.book.remove(value, this.#options.clockUs());
    if (lifted.length > 0) this.#options.onLifted(value, by);
    return lifted;
  }

  active(): readonly Decision[] {
    return this.#options.book.active(this.#options.clockUs());
  }

  #spare(address: string, reason: string, detection: Detection, nowUs: number): void {
    if (nowUs - (this.#spared.get(address) ?? 0) < 3_600e6) return;
    if (this.#spared.size >= 10_000) this.#spared.clear();
    this.#spared.set(address, nowUs);
    this.#options.onSpared(address, reason, detection);
  }
}
