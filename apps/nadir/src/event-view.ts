import type { Event } from '@suite/event';

/** An event as it is printed: its time as ISO with zone, under ECS's name, instead of microseconds. */
export function eventView(event: Event | null): Record<string, unknown> | null {
  if (event === null) return null;
  const { timeUs, ...fields } = event;
  return timeUs === undefined ? fields : { '@timestamp': isoTime(timeUs), ...fields };
}

/** @returns e.g. `2026-01-10T03:00:00.000Z`; the six digits of microseconds where there are any. */
export function isoTime(us: number): string {
  const text = new Date(Math.floor(us / 1000)).toISOString();
  const micros = ((us % 1000) + 1000) % 1000;
  return micros === 0 ? text : `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
