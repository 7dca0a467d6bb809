import type { Event } from '@suite/event';
import { lineFormat } from '../line-format.ts';
import type { ParserOptions } from '../port.ts';
import { adoptEcs } from './ecs.ts';
import { flatten, type Scalar } from './flatten.ts';
import { parseObject } from './json-object.ts';
import { looseTimeUs } from './loose-time.ts';
import { severityCode } from './severity.ts';

const TIME_KEYS = ['@timestamp', 'timestamp', 'time', 'ts', 'datetime', 'Timestamp'];
const LEVEL_KEYS = ['level', 'severity', 'log.level', 'lvl', 'levelname', 'SeverityText', 'severity_text'];
const MESSAGE_KEYS = ['message', 'msg', 'Body', 'body', 'event'];

/** Keys of formats that are JSON too and have a parser of their own. */
const OTHERS = [
  ['log', 'stream', 'time'],
  ['__REALTIME_TIMESTAMP'],
  ['__CURSOR'],
  ['_BOOT_ID'],
  ['DownstreamStatus', 'RequestMethod'],
];

/** All foreign keys go under `json.`, so that none of them poses as a field of the suite's. */
function parse(text: string, options: ParserOptions): Event | null {
  const object = parseObject(text);
  if (object === null) return null;
  const { fields, cut } = flatten(object);
  const event: Event = { 'event.action': 'log_message' };
  const timeUs = take(fields, TIME_KEYS, (value) => looseTimeUs(value, options.utcOffsetMinutes));
  if (timeUs !== undefined) event.timeUs = timeUs;
  const severity = take(fields, LEVEL_KEYS, severityCode);
  if (severity !== undefined) event['log.syslog.severity.code'] = severity;
  const message = take(fields, MESSAGE_KEYS, (value) => (typeof value === 'string' ? value : undefined));
  if (message !== undefined) event.message = message;
  adoptEcs(event, fields);
  for (const [name, value] of fields) event[`json.${name}`] = value;
  if (cut) event['json.cut'] = true;
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

/** 0.95 with a time, level or message; 0.7 for any other object; 0.3 for another format's JSON. */
function claim(text: string): number {
  const object = parseObject(text);
  if (object === null) return 0;
  const has = (key: string) => Object.hasOwn(object, key);
  if (OTHERS.some((keys) => keys.every(has))) return 0.3;
  return [...TIME_KEYS, ...LEVEL_KEYS, ...MESSAGE_KEYS].some(has) ? 0.95 : 0.7;
}

export const jsonLinesFormat = lineFormat({
  name: 'json',
  title: 'JSON, one object per line (pino, bunyan, zap, logrus, ECS, …)',
  claim,
  parse,
});
