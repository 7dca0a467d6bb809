import type { Event } from '@suite/event';
import { syslogFormat } from '../syslog-format.ts';

/** For tests: one message of one program, framed as rsyslog would, through the whole parser. */
export function parseOne(tag: string, message: string): { format: string; event: Event } {
  return parseLine(`Nov 20 10:00:00 web1 ${tag}: ${message}`);
}

export function parseLine(line: string): { format: string; event: Event } {
  let result: { format: string; event: Event } = { format: 'none', event: {} };
  const parser = syslogFormat.create({ year: 2025 });
  parser.push(line, 0, (_ref, _text, format, event) => {
    result = { format, event: event ?? {} };
  });
  return result;
}
