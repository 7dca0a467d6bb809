import type { Event } from '@suite/event';
import type { Frame } from './frame.ts';
import { MESSAGE_PARSERS } from './messages/index.ts';
import type { MessageParser } from './messages/message-parser.ts';

const EVERY = MESSAGE_PARSERS.filter((parser) => parser.programs.includes('*'));
const BY_PROGRAM = new Map<string, readonly MessageParser[]>();
for (const program of new Set(MESSAGE_PARSERS.flatMap((parser) => parser.programs))) {
  if (program === '*') continue;
  const own = MESSAGE_PARSERS.filter((parser) => parser.programs.includes(program));
  BY_PROGRAM.set(program, [...own, ...EVERY]);
}

/**
 * Adds to the event what the frame's message means, and the frame's own fields.
 * @returns the name of the parser that vouched for it, or `syslog` where only the frame was understood
 * (`event.action` is then `log_message`).
 */
export function parseMessage(frame: Frame, event: Event): string {
  if (frame.timeUs !== undefined) event.timeUs = frame.timeUs;
  if (frame.host !== undefined) event['host.name'] = frame.host;
  if (frame.program !== undefined) event['process.name'] = frame.program;
  if (frame.pid !== undefined) event['process.pid'] = frame.pid;
  if (frame.facility !== undefined) event['log.syslog.facility.code'] = frame.facility;
  if (frame.severity !== undefined) event['log.syslog.severity.code'] = frame.severity;
  if (frame.messageId !== undefined) event['log.syslog.msgid'] = frame.messageId;
  if (frame.structuredData !== undefined) event['log.syslog.structured_data'] = frame.structuredData;
  event.message = frame.message;

  const program = frame.program ?? '';
  const parsers = BY_PROGRAM.get(program) ?? BY_PROGRAM.get(baseName(program)) ?? EVERY;
  for (const parser of parsers) {
    if (parser.parse(frame.message, event, frame)) return parser.name;
  }
  event['event.action'] = 'log_message';
  return 'syslog';
}

/** `cron` of `/usr/sbin/cron`. */
function baseName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}
