import type { Event } from '@suite/event';
import { parseIsoUs } from '../civil-time.ts';
import { lineFormat } from '../line-format.ts';
import type { ParserOptions } from '../port.ts';
import { isAddress } from '../syslog/messages/address.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { keyValues } from './key-values.ts';
import { firewallEvent, verdictOf } from './packet.ts';

/** `[2024-01-02 03:04:05] EFW: CONN: prio=1 id=00600004 rev=1 event=conn_open_natsat action=open rule=… connipproto=TCP …`. */
const STAMPED =
  /^(?:<\d{1,3}>\s?)?\[(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] (?=EFW: [A-Z][A-Z0-9_]{1,31}: )/;
/** As InControl exports it: `<1>1 2024-01-02T03:04:05Z HOST CONN : id=600004 event=… [conn …]`. */
const EXPORTED =
  /^<\d{1,3}>1 (?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)) (?<host>\S{1,255}) (?=[A-Z][A-Z0-9_]{1,31} : id=\d)/;
const CATEGORY = /^(?:EFW: )?(?<category>[A-Z][A-Z0-9_]{1,31}) ?: (?=(?:prio=\d|id=\d))/;

/** Clavister cOS Core (Log Reference Guide): what a rule let through or dropped, and who logged in to the firewall. */
export const clavister: MessageParser = {
  name: 'clavister',
  programs: ['EFW', '*'],
  parse(message, event, frame) {
    if (frame.program === 'EFW') return decide(message, event);
    if (frame.program !== undefined || message.charCodeAt(0) !== 91) return false;
    // A relay that put its own stamp in front of the firewall's.
    const stamp = STAMPED.exec(message.slice(0, 80));
    return stamp !== null && decide(message.slice(stamp[0].length), event);
  },
};

function decide(message: string, event: Event): boolean {
  const category = CATEGORY.exec(message.slice(0, 80))?.groups?.category;
  if (category === undefined) return false;
  const fields = keyValues(message);
  const name = fields.get('event');
  if (name === undefined) return false;
  event['clavister.category'] = category;
  event['clavister.event'] = name;
  const id = fields.get('id');
  if (id !== undefined) event['clavister.id'] = id;
  if (login(name, fields, event) || packet(name, fields, event)) return true;
  event['event.action'] = 'log_message';
  return true;
}

function packet(name: string, fields: ReadonlyMap<string, string>, event: Event): boolean {
  const get = (key: string) => fields.get(`conn${key}`) ?? fields.get(key);
  const closing = /close/.test(name);
  const action = fields.get('action') ?? '';
  const opened = /^conn_open/.test(name) && !closing;
  const verdict = opened ? 'allowed' : verdictOf(/^(?:drop|reject|deny|block)/i.test(action) ? action : '');
  const address = { source: get('srcip') ?? '', destination: get('destip') ?? '' };
  if (closing || verdict === 'unknown') {
    // The end of a connection is no second packet; who it was between is kept.
    if (closing && isAddress(address.source, 0, address.source.length)) {
      event['source.address'] = address.source;
      event['event.category'] = 'network';
      if (isAddress(address.destination, 0, address.destination.length))
        event['destination.address'] = address.destination;
      const bytes =
        Number(fields.get('origsent') ?? Number.NaN) + Number(fields.get('termsent') ?? Number.NaN);
      if (Number.isSafeInteger(bytes)) event['network.bytes'] = bytes;
    }
    return false;
  }
  return firewallEvent(
    {
      verdict,
      ...address,
      sourcePort: get('srcport'),
      destinationPort: get('destport'),
      transport: get('ipproto'),
      ingress: get('recvif'),
      egress: fields.get('conndestif') ?? fields.get('destif'),
      rule: fields.get('rule'),
    },
    event,
  );
}

const LOGINS = new Map([
  ['admin_login', 'success'],
  ['admin_login_failed', 'failure'],
  ['admin_login_group_mismatch', 'failure'],
  ['user_login', 'success'],
  ['bad_user_credentials', 'failure'],
] as const);

function login(name: string, fields: ReadonlyMap<string, string>, event: Event): boolean {
  const outcome = LOGINS.get(name as 'admin_login');
  if (outcome === undefined) return false;
  event['event.category'] = 'authentication';
  event['event.action'] = 'service_login';
  event['event.outcome'] = outcome;
  if (outcome === 'failure') event['event.reason'] = name;
  event['service.name'] = 'clavister';
  const user = fields.get('username');
  if (user !== undefined && user !== '') event['user.name'] = user;
  const address = fields.get('client_ip') ?? fields.get('srcip') ?? '';
  if (isAddress(address, 0, address.length)) event['source.address'] = address;
  const port = Number(fields.get('client_port') ?? 0);
  if (port > 0 && port <= 65_535) event['source.port'] = port;
  const method = fields.get('authsystem');
  if (method !== undefined) event['network.protocol'] = method.toLowerCase();
  return true;
}

function parse(text: string, options: ParserOptions): Event | null {
  const head = text.slice(0, 400);
  const match = STAMPED.exec(head) ?? EXPORTED.exec(head);
  const { iso = '', host } = match?.groups ?? {};
  const timeUs = parseIsoUs(iso, options.utcOffsetMinutes ?? 0);
  if (match === null || timeUs === undefined) return null;
  const message = text.slice(match[0].length).trimEnd();
  const event: Event = { timeUs, 'process.name': 'EFW', message };
  if (host !== undefined) event['host.name'] = host;
  return decide(message, event) ? event : null;
}

export const clavisterFormat = lineFormat({
  name: 'clavister',
  title: 'Clavister cOS Core, as the firewall or InControl sends it',
  claim: (text) => (parse(text, {}) === null ? 0 : 0.98),
  parse,
});
