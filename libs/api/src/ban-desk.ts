import type { Decision } from '@suite/decisions';

/** What an operator may do about bans. Changes are durable when these return. */
export interface BanDesk {
  active(): readonly Decision[];
  /** @returns null when it is banned for longer already. @throws RangeError when it must never be banned. */
  ban(value: string, durationMs: number, reason: string): Decision | null;
  /** @returns what was taken back. */
  unban(value: string, by: string): readonly Decision[];
}
