import type { Event } from '@suite/event';
import { epochSeconds, monthNamed } from '../civil-time.ts';
import { type Fields, numberOf, textOf } from '../structured/fields.ts';
import { type Alarm, idsAlert, type RuleLevel } from './alert.ts';

/**
 * ModSecurity's severities are syslog's. The Core Rule Set calls each single match of an attack pattern CRITICAL,
 * so that is `high` here and no more.
 */
const SEVERITIES: readonly RuleLevel[] = [
  'critical',
  'critical',
  'high',
  'medium',
  'low',
  'informational',
  'informational',
  'informational',
];
const NAMES = ['EMERGENCY', 'ALERT', 'CRITICAL', 'ERROR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG'];

/** `2`, `"CRITICAL"`. */
function levelOf(severity: string | undefined): RuleLevel {
  const code = /^\d$/.test(severity ?? '') ? Number(severity) : NAMES.indexOf(severity ?? '');
  return SEVERITIES[code] ?? 'low';
}

const MESSAGE =
  /^(?:\[client [^\]]{2,80}\] )?ModSecurity: (?<verdict>Access denied with (?:code \d{3}|connection close|redirection)|Warning)[. ,]/;

/**
 * ModSecurity 2 and 3 in Apache's and nginx's error logs. What matched, and so a client's words, stands among the
 * bracketed pairs: a name that stands twice is not believed.
 */
export function modsecurityMessage(message: string, event: Event): boolean {
  const m = MESSAGE.exec(message.slice(0, 200))?.groups;
  if (m === undefined) return false;
  const name = pair(message, 'msg');
  const id = pair(message, 'id');
  const denied = m.verdict !== 'Warning';
  return idsAlert(
    {
      service: 'modsecurity',
      name: name ?? '',
      id: /^\d{1,10}$/.test(id ?? '') ? id : undefined,
      level: levelOf(pair(message, 'severity')),
      verdict: denied ? 'blocked' : 'detected',
    },
    event,
  );
}

/** The value of `[name "…"]` where it stands exactly once. */
function pair(message: string, name: string): string | undefined {
  const open = `[${name} "`;
  const at = message.indexOf(open);
  if (at < 0 || message.indexOf(open, at + 1) >= 0) return undefined;
  const end = message.indexOf('"]', at);
  return end < 0 || end - at > 512 ? undefined : message.slice(at + open.length, end);
}

const ORDER: readonly RuleLevel[] = ['informational', 'low', 'medium', 'high', 'critical'];

/** ModSecurity 3's JSON audit log: one `transaction` with its `messages`; the worst of them names the alarm. */
export function modsecurityAudit(fields: Fields, event: Event): boolean {
  if (!fields.has('transaction.client_ip') || !fields.has('transaction.unique_id')) return false;
  const timeUs = asctimeUs(textOf(fields, 'transaction.time_stamp'));
  if (timeUs !== undefined) event.timeUs = timeUs;
  const worst = worstMessage(fields);
  if (worst === null) return false;
  const status = numberOf(fields, 'transaction.response.http_code');
  idsAlert(
    {
      service: 'modsecurity',
      ...worst,
      verdict: status === 403 || status === 406 ? 'blocked' : 'detected',
      ends: {
        source: textOf(fields, 'transaction.client_ip'),
        sourcePort: numberOf(fields, 'transaction.client_port'),
        destination: textOf(fields, 'transaction.host_ip'),
        destinationPort: numberOf(fields, 'transaction.host_port'),
      },
    },
    event,
  );
  if (status !== undefined) event['http.response.status_code'] = status;
  const uri = textOf(fields, 'transaction.request.uri');
  if (uri !== '') event['url.original'] = uri;
  const method = textOf(fields, 'transaction.request.method');
  if (/^[A-Z]{1,20}$/.test(method)) event['http.request.method'] = method;
  event.message = worst.name;
  return true;
}

/** `Tue Jan  2 03:04:05 2024`, UTC for want of a zone. */
function asctimeUs(text: string): number | undefined {
  const m = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/.exec(text);
  if (m === null) return undefined;
  const [, month = '', day, hour, minute, second, year] = m;
  const seconds = epochSeconds(
    Number(year),
    monthNamed(month, 0),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return seconds < 0 ? undefined : seconds * 1e6;
}

function worstMessage(fields: Fields): Pick<Alarm, 'name' | 'id' | 'level'> | null {
  let worst: Pick<Alarm, 'name' | 'id' | 'level'> | null = null;
  for (let index = 0; index < 32; index++) {
    const at = `transaction.messages.${index}`;
    const id = textOf(fields, `${at}.details.ruleId`);
    const name = textOf(fields, `${at}.message`);
    if (id === '' && name === '') break;
    const level = levelOf(String(fields.get(`${at}.details.severity`) ?? ''));
    if (worst === null || ORDER.indexOf(level) > ORDER.indexOf(worst.level)) worst = { name, id, level };
  }
  return worst;
}
