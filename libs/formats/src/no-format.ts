import type { Event } from '@suite/event';

/** What a line without an event is emitted as: no format vouches for it. */
export const NO_FORMAT = 'none';

export function formatOf(name: string, event: Event | null): string {
  return event === null ? NO_FORMAT : name;
}
