import type { Event } from '@suite/event';
import { adoptEcs } from './ecs.ts';
import type { Flat, Scalar } from './flatten.ts';
import { knownProgram } from './known-programs.ts';
import { looseTimeUs } from './loose-time.ts';
import { severityCode } from './severity.ts';

const TIME_KEYS = ['@timestamp', 'timestamp', 'time', 'ts', 't', 'datetime', 'Timestamp'];
const LEVEL_KEYS = ['level', 'severity', 'log.level', 'lvl', 'levelname', 'SeverityText', 'severity_text'];
const MESSAGE_KEYS = ['message', 'msg', 'Body', 'body', 'event'];

/** Names under which loggers write a time, a level or a message. */
export const LOGGER_KEYS: readonly string[] = [...TIME_KEYS, ...LEVEL_KEYS, ...MESSAGE_KEYS];

/**
 * What a structured logger wrote, as an event. All foreign names go under `prefix.`, so that none of them poses
 * as a field of the suite's.
 */
export function loggedEvent(prefix: string, { fields, cut }: Flat, utcOffsetMinutes?: number): Event {
  const event: Event = { 'event.action': 'log_message' };
  knownProgram(fields, event);
  const timeUs = take(fields, TIME_KEYS, (value) => looseTimeUs(value, utcOffsetMinutes));
  if (timeUs !== undefined) event.timeUs = timeUs;
  const severity = take(fields, LEVEL_KEYS, severityCode);
  if (severity !== undefined) event['log.syslog.severity.code'] = severity;
  const message = take(fields, MESSAGE_KEYS, (value) => (typeof value === 'string' ? value : undefined));
  if (message !== undefined) event.message = message;
  adoptEcs(event, fields);
  for (const [name, value] of fields) event[`${prefix}.${name}`] = value;
  if (cut) event[`${prefix}.cut`] = true;
  return event;
}

/** The first of `keys` that `read` can make something of, taken out of `fields`. */
function take<T>(
  fields: Map<string, Scalar>,
  keys: readonly string[],
  read: (value: Scalar) => T | undefined,
) {
  for (const key of keys) {
    const value = fields.get(key);
    const result = value === undefined ? undefined : read(value);
    if (result === undefined) continue;
    fields.delete(key);
    return result;
  }
  return undefined;
}
