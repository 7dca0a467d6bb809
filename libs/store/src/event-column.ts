import type { Event, LogRecord } from '@suite/event';

/**
 * Where the event's message starts in the raw line, when it is the line's end: then it is not kept a second
 * time. Null when it has to be kept in the event.
 */
export function messageStart(record: LogRecord): number | null {
  const message = record.event?.message;
  if (message === undefined || !record.raw.endsWith(message)) return null;
  return record.raw.length - message.length;
}

/** The event as JSON, without its message where the raw line has it. */
export function encodeEvent(event: Event | null, withoutMessage: boolean): string | null {
  if (event === null) return null;
  if (!withoutMessage) return JSON.stringify(event);
  const { message: _, ...rest } = event;
  return JSON.stringify(rest);
}

export function decodeEvent(json: string | null, raw: string, messageAt: number | null): Event | null {
  if (json === null) return null;
  const event = JSON.parse(json) as Event;
  if (messageAt !== null) event.message = raw.slice(messageAt);
  return event;
}
