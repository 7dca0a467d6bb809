import type { Event } from '@suite/event';
import type { Frame } from '../frame.ts';

/**
 * Knows the messages of one program (or of a library that speaks in many programs' names).
 */
export interface MessageParser {
  /** As `format` in output: `sshd`, `pam`, … */
  readonly name: string;
  /** Tags that it is asked for; `*` is asked for every tag, after the program's own parsers. */
  readonly programs: readonly string[];
  /**
   * Adds what the message means to the event.
   * @returns whether it vouches for the message; false leaves the event as it was.
   */
  parse(message: string, event: Event, frame: Frame): boolean;
}
