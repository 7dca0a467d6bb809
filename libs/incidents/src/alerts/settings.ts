import type { Level } from '@suite/event';
import type { Maintenance, WeeklyWindow } from './window.ts';

/** What people are told, and when. Plain data. */
export interface AlertSettings {
  /** Incidents below it are never told. */
  readonly minLevel: Level;
  /** Alerts a day; what is beyond goes into the digest. Critical ones are never held back. */
  readonly budgetPerDay: number;
  /** IANA zone of days, quiet hours, the digest and weekly windows. */
  readonly timeZone: string;
  /** When the digest is told, in minutes since midnight. */
  readonly digestMinute: number;
  /** Hours in which only high and critical is told; the rest waits for the digest. */
  readonly quiet: readonly WeeklyWindow[];
  readonly allow: {
    /** Addresses and CIDRs of the operator's own: what only these take part in is not told. */
    readonly addresses: readonly string[];
    readonly users: readonly string[];
    /** Also hide logins. */
    readonly successes: boolean;
  };
  readonly maintenance: readonly Maintenance[];
}

export const DEFAULT_ALERT_SETTINGS: AlertSettings = {
  minLevel: 'medium',
  budgetPerDay: 10,
  timeZone: 'UTC',
  digestMinute: 8 * 60,
  quiet: [],
  allow: { addresses: [], users: [], successes: false },
  maintenance: [],
};
