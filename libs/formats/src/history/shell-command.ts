import type { Event } from '@suite/event';
import type { ParserOptions } from '../port.ts';

/** Longest entry that is kept together; what is beyond begins an entry of its own. */
export const ENTRY_CHARS = 1024 * 1024;
export const ENTRY_LINES = 10_000;

/** Anything but blanks and control characters. */
const TYPED = /[^\0- ]/;

/** A command of a shell history; null where nothing but blanks was typed. */
export function shellCommand(
  shell: string,
  command: string,
  timeUs: number | undefined,
  options: ParserOptions,
): Event | null {
  if (!TYPED.test(command)) return null;
  const event: Event = {
    'event.category': 'process',
    'event.action': 'shell_command',
    'process.name': shell,
    'process.command_line': command,
  };
  if (timeUs !== undefined) event.timeUs = timeUs;
  if (options.user !== undefined) event['user.name'] = options.user;
  return event;
}

/** Digits of an epoch time in seconds as microseconds; undefined before 1973 or past 2255, which no shell wrote. */
export function epochUs(digits: string): number | undefined {
  const seconds = digits.length > 10 ? Number.NaN : +digits;
  return seconds >= 100_000_000 && seconds <= 9_000_000_000 ? seconds * 1e6 : undefined;
}

export function withoutCarriageReturn(text: string): string {
  return text.charCodeAt(text.length - 1) === 0x0d ? text.slice(0, -1) : text;
}
