import type { Event } from '@suite/event';
import type { Frame } from './frame.ts';

/** Hosts whose last event is remembered; a relay's file may hold many. */
const MAX_HOSTS = 256;

/** What the last line of a host meant, so that `last message repeated N times` can mean it again. */
export interface LastEvent {
  readonly format: string;
  readonly event: Event;
}

/** `[last ]message repeated N times[: [ MESSAGE]]`, as syslogd and rsyslog write it. */
export interface Repetition {
  readonly count: number;
  /** The message itself where the line holds it. */
  readonly message: string | null;
}

export function readRepetition(message: string): Repetition | null {
  const at = message.startsWith('last message repeated ')
    ? 22
    : message.startsWith('message repeated ')
      ? 17
      : -1;
  if (at < 0) return null;
  const match = /^(\d{1,9}) times?(?:$|: \[ ?)/.exec(message.slice(at, at + 24));
  if (match === null) return null;
  const count = Number(match[1]);
  const end = at + match[0].length;
  if (end === message.length && !match[0].endsWith('[') && !match[0].endsWith(' '))
    return { count, message: null };
  const close = message.endsWith(']') ? message.length - 1 : message.length;
  return { count, message: message.slice(end, close) };
}

/** A longer message is not remembered: the memory goes into snapshots. */
const MAX_MESSAGE_LENGTH = 4096;

/** The last event of each host; the host that was seen first is forgotten first. */
export class LastEvents {
  readonly #byHost: Map<string, LastEvent>;

  constructor(entries: Iterable<readonly [string, LastEvent]> = []) {
    this.#byHost = new Map(entries);
  }

  remember(host: string, format: string, event: Event): void {
    if (this.#byHost.size >= MAX_HOSTS && !this.#byHost.has(host)) {
      const oldest = this.#byHost.keys().next().value;
      if (oldest !== undefined) this.#byHost.delete(oldest);
    }
    if ((event.message?.length ?? 0) > MAX_MESSAGE_LENGTH) this.#byHost.delete(host);
    else this.#byHost.set(host, { format, event });
  }

  /** What the host's last line meant, if the repeating line speaks for the same program (or for none). */
  recall(frame: Frame): LastEvent | null {
    const last = this.#byHost.get(frame.host ?? '');
    if (last === undefined) return null;
    if (frame.program !== undefined && frame.program !== last.event['process.name']) return null;
    return last;
  }

  entries(): readonly (readonly [string, LastEvent])[] {
    return [...this.#byHost];
  }
}
