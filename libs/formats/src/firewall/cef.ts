import type { Event } from '@suite/event';
import { idsAlert, type RuleLevel } from '../ids/alert.ts';
import { lineFormat } from '../line-format.ts';
import { login } from '../structured/decided.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { firewallEvent, verdictOf } from './packet.ts';

/** `CEF:0|Vendor|Product|Version|Class|Name|Severity|key=value …`; in the header `\|` and `\\` are escaped. */
const CEF =
  /^CEF: ?[01]\|(?<vendor>(?:[^|\\]|\\.){0,64})\|(?<product>(?:[^|\\]|\\.){0,64})\|(?<version>(?:[^|\\]|\\.){0,64})\|(?<class>(?:[^|\\]|\\.){0,128})\|(?<name>(?:[^|\\]|\\.){0,512})\|(?<severity>[\w-]{1,16})\|/;
/** `LEEF:1.0|Vendor|Product|Version|Event|` with tabs, `LEEF:2.0|…|^|` with a separator of its own. */
const LEEF =
  /^LEEF: ?(?<leef>[12]\.0)\|(?<vendor>[^|]{0,64})\|(?<product>[^|]{0,64})\|(?<version>[^|]{0,64})\|(?<class>[^|]{0,128})\|(?:(?<separator>[^|\s]|0?x[0-9A-Fa-f]{2,4})\|)?/;
const KEY = /(?:^| )([A-Za-z][\w.-]{0,63})=/g;
const MOST_PAIRS = 128;
const LONGEST_CHARS = 16_384;

/**
 * Reads a CEF or LEEF message: its frame as `cef.*`, and what it means where its words are certain. The extension's
 * values run until the next ` key=`, and an `=` within a value is escaped; a key that stands twice counts for nothing.
 */
export function readCef(message: string, event: Event): boolean {
  if (message.length > LONGEST_CHARS) return false;
  const cef = message.startsWith('CEF:') ? CEF.exec(message) : null;
  const match = cef ?? (message.startsWith('LEEF:') ? LEEF.exec(message) : null);
  if (match === null) return false;
  const head = match.groups ?? {};
  const rest = message.slice(match[0].length);
  const pairs = cef === null ? leefPairs(rest, head.separator) : cefPairs(rest);
  event['event.action'] = 'log_message';
  event['cef.vendor'] = plain(head.vendor ?? '');
  event['cef.product'] = plain(head.product ?? '');
  event['cef.class'] = plain(head.class ?? '');
  if (head.name !== undefined) event['cef.name'] = plain(head.name);
  if (head.severity !== undefined) event['cef.severity'] = head.severity;
  for (const [key, value] of pairs) event[`cef.${key}`] = value;
  meaning(head, pairs, event);
  return true;
}

function meaning(
  head: Readonly<Record<string, string | undefined>>,
  pairs: ReadonlyMap<string, string>,
  event: Event,
): void {
  const get = (...keys: readonly string[]) => keys.map((key) => pairs.get(key)).find((value) => value) ?? '';
  const source = get('src', 'srcIP');
  const destination = get('dst', 'dstIP');
  const name = plain(head.name ?? head.class ?? '');
  const action = get('act', 'action', 'deviceAction', 'outcome');
  const ends = {
    source,
    sourcePort: get('spt', 'srcPort'),
    destination,
    destinationPort: get('dpt', 'dstPort'),
    transport: get('proto'),
  };
  const service = `${plain(head.vendor ?? '')} ${plain(head.product ?? '')}`.trim().toLowerCase();
  const threat = /\b(?:threat|intrusion|ips|ids|attack|exploit|malware|virus|trojan|botnet|vulnerability)\b/i;
  if (threat.test(name) || threat.test(get('cat', 'deviceEventCategory'))) {
    const level = levelOf(head.severity ?? get('sev'));
    const verdict =
      verdictOf(action || name) === 'blocked' || /prevent|reset/i.test(action) ? 'blocked' : 'detected';
    idsAlert(
      { service, name, id: plain(head.class ?? ''), level, verdict, category: get('cat'), ends },
      event,
    );
    return;
  }
  if (
    /\b(?:login|logon|log in|sign-?in|authentication)\b.{0,40}\bfail|\bfail\w{0,4} (?:login|logon|authentication)/i.test(
      name,
    )
  ) {
    login(event, { service, outcome: 'failure', user: get('suser', 'duser', 'usrName'), peer: source });
    return;
  }
  const verdict = verdictOf(action);
  if (verdict === 'unknown' || source === '' || destination === '') return;
  firewallEvent(
    {
      verdict,
      source,
      destination,
      sourcePort: ends.sourcePort || undefined,
      destinationPort: ends.destinationPort || undefined,
      transport: ends.transport || undefined,
      ingress: get('deviceInboundInterface') || undefined,
      egress: get('deviceOutboundInterface') || undefined,
    },
    event,
  );
}

/** 0 to 10, or a word (CEF's own table: 0-3 low, 4-6 medium, 7-8 high, 9-10 very high). */
function levelOf(severity: string): RuleLevel {
  const word = severity.toLowerCase();
  if (word === 'very-high') return 'critical';
  if (word === 'high' || word === 'medium' || word === 'low') return word;
  const number = Number(severity);
  if (!(number >= 0 && number <= 10)) return 'low';
  if (number >= 9) return 'critical';
  return number >= 7 ? 'high' : number >= 4 ? 'medium' : 'low';
}

function cefPairs(text: string): Map<string, string> {
  const found: { key: string; from: number; at: number }[] = [];
  for (const match of text.matchAll(KEY)) {
    if (found.length >= MOST_PAIRS) break;
    found.push({ key: match[1] ?? '', from: match.index + match[0].length, at: match.index });
  }
  const pairs = new Map<string, string>();
  const twice = new Set<string>();
  for (const [index, { key, from }] of found.entries()) {
    const value = text
      .slice(from, found[index + 1]?.at ?? text.length)
      .trim()
      .replace(/\\([=\\])/g, '$1');
    if (pairs.has(key) && pairs.get(key) !== value) twice.add(key);
    else pairs.set(key, value);
  }
  for (const key of twice) pairs.delete(key);
  return pairs;
}

function leefPairs(text: string, separator: string | undefined): Map<string, string> {
  const hex = /^0?x([0-9A-Fa-f]{2,4})$/.exec(separator ?? '')?.[1];
  const by = hex === undefined ? (separator ?? '\t') : String.fromCharCode(Number.parseInt(hex, 16));
  const pairs = new Map<string, string>();
  const twice = new Set<string>();
  for (const pair of text.split(by, MOST_PAIRS)) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, equals).trim();
    if (equals < 1 || !/^[A-Za-z][\w.-]{0,63}$/.test(key)) continue;
    const value = pair.slice(equals + 1).trim();
    if (pairs.has(key) && pairs.get(key) !== value) twice.add(key);
    else pairs.set(key, value);
  }
  for (const key of twice) pairs.delete(key);
  return pairs;
}

function plain(text: string): string {
  return text.replace(/\\([|\\])/g, '$1');
}

/** Within a syslog frame the tag is `CEF` or `LEEF`, since a colon follows it. */
export const cefMessages: MessageParser = {
  name: 'cef',
  programs: ['CEF', 'LEEF', '*'],
  parse(message, event, frame) {
    if (frame.program === 'CEF' || frame.program === 'LEEF')
      return readCef(`${frame.program}:${message}`, event);
    const first = message.charCodeAt(0);
    return (first === 67 || first === 76) && readCef(message, event);
  },
};

export const cefFormat = lineFormat({
  name: 'cef',
  title: 'CEF and LEEF, without a syslog frame',
  claim: (text) =>
    /^(?:<\d{1,3}>)?(?:CEF|LEEF):/.test(text.slice(0, 12)) && parseLine(text) !== null ? 0.98 : 0,
  parse: parseLine,
});

function parseLine(text: string): Event | null {
  const message = text.replace(/^<\d{1,3}>/, '').trimEnd();
  const event: Event = { message };
  return readCef(message, event) ? event : null;
}
