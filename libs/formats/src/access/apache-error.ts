import type { Event } from '@suite/event';
import { epochSeconds, monthNamed } from '../civil-time.ts';
import { lineFormat } from '../line-format.ts';
import type { ParserOptions } from '../port.ts';
import { addressAndPort } from './address.ts';
import { apacheErrorMeaning } from './apache-error-meaning.ts';
import { endOf } from './clf.ts';
import { errorLevelCode } from './error-level.ts';
import { unescapeQuoted } from './quoted.ts';

/**
 * 2.4: `[TIME] [module:level] [pid P:tid T] (errno)text: [client A:P] message`; 2.2: `[TIME] [level] [client A]
 * message`. All brackets come before the message, so nothing that a client sends is taken for one.
 */
const HEAD =
  /^\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{6}))? (\d{4})\] \[(?:([\w-]{0,40}):)?(emerg|alert|crit|error|warn|notice|info|debug|trace[1-8])\] (?:\[pid (\d{1,10})(?::tid \d{1,20})?\] )?(?:\(\d{1,6}\)[^[\]:]{1,100}: )?(?:\[client ([^\]\s]{1,80})\] )?/;

function parse(text: string, options: ParserOptions): Event | null {
  const m = HEAD.exec(text.slice(0, 500));
  if (m === null) return null;
  const seconds = epochSeconds(+m[7]!, monthNamed(m[1]!, 0), +m[2]!, +m[3]!, +m[4]!, +m[5]!);
  if (seconds < 0) return null;
  const event: Event = {
    timeUs: (seconds - (options.utcOffsetMinutes ?? 0) * 60) * 1e6 + +(m[6] ?? 0),
    'event.category': 'web',
    'event.action': 'log_message',
    'process.name': 'apache2',
    message: unescapeQuoted(text.slice(m[0].length, endOf(text))),
  };
  const severity = errorLevelCode(m[9]!);
  if (severity !== undefined) event['log.syslog.severity.code'] = severity;
  if (m[8]) event['apache.module'] = m[8];
  if (m[10] !== undefined) event['process.pid'] = +m[10];
  const client = m[11] === undefined ? null : addressAndPort(m[11]);
  if (client !== null) event['source.address'] = client.address;
  if (client?.port !== undefined) event['source.port'] = client.port;
  if (client !== null) apacheErrorMeaning(event.message ?? '', event);
  return event;
}

export const apacheErrorFormat = lineFormat({
  name: 'apache-error',
  title: 'Apache error log, 2.2 and 2.4',
  claim: (text) => (parse(text, {}) === null ? 0 : 0.98),
  parse,
});
