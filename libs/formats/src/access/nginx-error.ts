import type { Event } from '@suite/event';
import { epochSeconds } from '../civil-time.ts';
import { lineFormat } from '../line-format.ts';
import type { ParserOptions } from '../port.ts';
import { isAddress } from './address.ts';
import { endOf } from './clf.ts';
import { errorLevelCode } from './error-level.ts';
import { nginxErrorMeaning } from './nginx-error-meaning.ts';

const HEAD =
  /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) \[(emerg|alert|crit|error|warn|notice|info|debug)\] (\d{1,10})#\d{1,10}: /;
const CLIENT = ', client: ';

export function parseNginxError(text: string, options: ParserOptions): Event | null {
  const m = HEAD.exec(text.slice(0, 80));
  if (m === null) return null;
  const seconds = epochSeconds(+m[1]!, +m[2]!, +m[3]!, +m[4]!, +m[5]!, +m[6]!);
  if (seconds < 0) return null;
  const message = text.slice(m[0].length, endOf(text));
  const event: Event = {
    timeUs: (seconds - (options.utcOffsetMinutes ?? 0) * 60) * 1e6,
    'event.category': 'web',
    'event.action': 'log_message',
    'process.name': 'nginx',
    'process.pid': +m[8]!,
    'log.syslog.severity.code': errorLevelCode(m[7]!)!,
    message,
  };
  const client = clientOf(message);
  if (client !== undefined) event['source.address'] = client;
  nginxErrorMeaning(message, event);
  return event;
}

/**
 * The peer after `, client: `. Paths before it and the request behind it are the peer's own words, unescaped:
 * where they hold another `, client: ` with another address, neither is believed.
 */
function clientOf(message: string): string | undefined {
  let client: string | undefined;
  for (let at = message.indexOf(CLIENT); at >= 0; at = message.indexOf(CLIENT, at + 1)) {
    const from = at + CLIENT.length;
    const comma = message.indexOf(',', from);
    const address = message.slice(from, comma < 0 ? message.length : comma);
    if (!isAddress(address) || (client !== undefined && client !== address)) return undefined;
    client = address;
  }
  return client;
}

export const nginxErrorFormat = lineFormat({
  name: 'nginx-error',
  title: 'nginx error log',
  claim: (text) => (parseNginxError(text, {}) === null ? 0 : 0.98),
  parse: parseNginxError,
});
