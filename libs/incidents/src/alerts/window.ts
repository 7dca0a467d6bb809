import type { WallTime } from '../wall-clock.ts';

/** Hours of the week by the clock on the wall. */
export interface WeeklyWindow {
  /** Days on which it begins, 0 is Sunday; empty means every day. */
  readonly days: readonly number[];
  /** Minutes since midnight. */
  readonly fromMinute: number;
  /** Exclusive. Not after `fromMinute`: it ends on the next day. */
  readonly toMinute: number;
}

/** A time in which work is done and what it causes is no news. */
export type Maintenance = {
  readonly name: string;
  /** Only on these hosts; empty means on all. */
  readonly hosts: readonly string[];
  /** Also hides logins. */
  readonly successes: boolean;
} & (
  | { readonly kind: 'weekly'; readonly window: WeeklyWindow }
  | { readonly kind: 'once'; readonly fromUs: number; readonly toUs: number }
);

/** Whether the moment lies in the window; one that spans midnight belongs to the day on which it begins. */
export function isWithin(
  { days, fromMinute, toMinute }: WeeklyWindow,
  { weekday, minute }: WallTime,
): boolean {
  const begins = (day: number) => days.length === 0 || days.includes(day);
  if (fromMinute < toMinute) return begins(weekday) && minute >= fromMinute && minute < toMinute;
  return (begins(weekday) && minute >= fromMinute) || (begins((weekday + 6) % 7) && minute < toMinute);
}

/** @param wall the time on the wall at `timeUs`. */
export function isInMaintenance(maintenance: Maintenance, timeUs: number, wall: WallTime): boolean {
  if (maintenance.kind === 'weekly') return isWithin(maintenance.window, wall);
  return timeUs >= maintenance.fromUs && timeUs < maintenance.toUs;
}
