import type { Decision } from '@suite/decisions';

/** What an operator may do about bans. Changes are durable when these return. */
export interface BanDesk {
  /** Those in force, oldest first: the newest `limit`. */
  active(limit: number): readonly Decision[];
  activeCount(): number;
  /** @returns null when it is banned for longer already. @throws RangeError when it must never be banned. */
  ban(value: string, durationMs: number, reason: string): Decision | null;
  /** @returns what was taken back. */
  unban(value: string, by: string): readonly Decision[];
}
