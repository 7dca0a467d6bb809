import type { Event } from '@suite/event';
import { idsAlert, type RuleLevel } from '../ids/alert.ts';
import { login } from '../structured/decided.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { firewallEvent } from './packet.ts';

/** A line of comma-separated values with quotes; at most 160 of them. */
function csv(text: string): readonly string[] {
  const values: string[] = [];
  let at = 0;
  while (at <= text.length && values.length < 160) {
    if (text.charCodeAt(at) === 34) {
      let end = text.indexOf('"', at + 1);
      while (end >= 0 && text.charCodeAt(end + 1) === 34) end = text.indexOf('"', end + 2);
      if (end < 0) break;
      values.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = text.indexOf(',', end);
    } else {
      const comma = text.indexOf(',', at);
      values.push(text.slice(at, comma < 0 ? text.length : comma));
      at = comma;
    }
    if (at < 0) break;
    at += 1;
  }
  return values;
}

const PAN =
  /^(?:\d{1,3}|),\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,[0-9A-Za-z]{6,20},(?:TRAFFIC|THREAT|SYSTEM|GLOBALPROTECT|USERID),/;
const LEVELS: Readonly<Record<string, RuleLevel>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  informational: 'informational',
};

/** Palo Alto PAN-OS (Syslog Field Descriptions): fields by position, the same since 7. */
export const panos: MessageParser = {
  name: 'pan-os',
  programs: ['*'],
  parse(message, event, frame) {
    if (frame.program !== undefined || message.length > 8192 || !PAN.test(message.slice(0, 80))) return false;
    const f = csv(message);
    const at = (index: number) => f[index] ?? '';
    const ends = {
      source: at(7),
      destination: at(8),
      sourcePort: at(24),
      destinationPort: at(25),
      transport: at(29),
    };
    const action = at(30);
    const blocked = /^(?:deny|drop|drop-icmp|reset-.*|block.*|sinkhole)$/.test(action);
    if (at(3) === 'TRAFFIC') {
      if (at(4) !== 'drop' && at(4) !== 'deny' && at(4) !== 'end') return false;
      const verdict = blocked ? 'blocked' : action === 'allow' ? 'allowed' : 'unknown';
      return (
        verdict !== 'unknown' &&
        firewallEvent({ verdict, ...ends, rule: at(11), ingress: at(18), egress: at(19) }, event)
      );
    }
    if (
      at(3) !== 'THREAT' ||
      !/^(?:vulnerability|spyware|virus|wildfire-virus|scan|flood|packet)$/.test(at(4))
    )
      return false;
    const name = /^(?<name>.*)\((?<id>\d{1,12})\)$/.exec(at(32))?.groups;
    return idsAlert(
      {
        service: 'pan-os',
        name: name?.name ?? at(32),
        id: name?.id,
        category: at(4),
        level: LEVELS[at(34)] ?? 'low',
        verdict: blocked ? 'blocked' : 'detected',
        ends,
      },
      event,
    );
  },
};

const JUNOS_PAIR = /(?:^| )([a-z][a-z-]{1,40})="([^"]*)"/g;
const RT_OLD =
  /^(?:RT_FLOW: )?RT_FLOW_SESSION_(?<what>DENY|CREATE): session (?:denied|created) (?<src>[0-9A-Fa-f:.]{2,64})\/(?<sport>\d{1,5})(?: ?0x0)?->(?<dst>[0-9A-Fa-f:.]{2,64})\/(?<dport>\d{1,5})/;

/** Juniper SRX: `RT_FLOW` with structured data (RFC 5424) or in words; the fields are the device's own. */
export const junos: MessageParser = {
  name: 'junos',
  programs: ['RT_FLOW', 'RT_IDS', 'RT_IDP'],
  parse(message, event, frame) {
    const data = frame.structuredData;
    if (data?.startsWith('[junos@2636.')) return structured(frame.messageId ?? '', data, event);
    const m = RT_OLD.exec(message.slice(0, 400))?.groups;
    if (m === undefined) return false;
    return firewallEvent(
      {
        verdict: m.what === 'DENY' ? 'blocked' : 'allowed',
        source: m.src ?? '',
        destination: m.dst ?? '',
        sourcePort: m.sport,
        destinationPort: m.dport,
      },
      event,
    );
  },
};

function structured(id: string, data: string, event: Event): boolean {
  const pairs = new Map<string, string>();
  for (const [, key = '', value = ''] of data.slice(0, 8192).matchAll(JUNOS_PAIR))
    if (!pairs.has(key)) pairs.set(key, value);
  const get = (key: string) => pairs.get(key) ?? '';
  const ends = {
    source: get('source-address'),
    sourcePort: get('source-port'),
    destination: get('destination-address'),
    destinationPort: get('destination-port'),
    transport: ({ '1': 'icmp', '6': 'tcp', '17': 'udp' } as Readonly<Record<string, string>>)[
      get('protocol-id')
    ],
  };
  if (id === 'RT_FLOW_SESSION_DENY' || id === 'RT_FLOW_SESSION_CREATE')
    return firewallEvent(
      {
        verdict: id.endsWith('DENY') ? 'blocked' : 'allowed',
        ...ends,
        rule: get('policy-name'),
        ingress: get('packet-incoming-interface'),
      },
      event,
    );
  if (id.startsWith('RT_SCREEN_') || id === 'IDP_ATTACK_LOG_EVENT') {
    const action = get('action');
    return idsAlert(
      {
        service: 'junos',
        name: get('attack-name'),
        category: id,
        level: LEVELS[get('threat-severity').toLowerCase()] ?? 'low',
        verdict: /drop|close|deny/i.test(action) ? 'blocked' : 'detected',
        ends,
      },
      event,
    );
  }
  return false;
}

const WATCHGUARD =
  /^msg_id="(?<id>[0-9A-F]{4}-[0-9A-F]{4})" (?<what>Allow|Deny) (?<in>[\w.-]{1,64}) (?<out>[\w.-]{1,64}) (?:\d{1,6} )?(?<proto>tcp|udp|icmp) (?:\d{1,4} \d{1,4} )?(?<src>[0-9A-Fa-f:.]{2,64}) (?<dst>[0-9A-Fa-f:.]{2,64})(?: (?<sport>\d{1,5}) (?<dport>\d{1,5}))?/;
const WATCHGUARD_LOGIN =
  /^msg_id="[0-9A-F]{4}-[0-9A-F]{4}" (?:Management user|User) (?<user>\S{1,128}) from (?<addr>[0-9A-Fa-f:.]{2,64}) (?:log in attempt was rejected|login attempt was rejected)/;

/** WatchGuard Fireware: the program is `firewall`, positions are fixed. */
export const watchguard: MessageParser = {
  name: 'watchguard',
  programs: ['firewall', 'sessiond', 'wgagent'],
  parse(message, event) {
    if (!message.startsWith('msg_id="')) return false;
    const text = message.slice(0, 1024);
    const refused = WATCHGUARD_LOGIN.exec(text)?.groups;
    if (refused !== undefined)
      return login(event, {
        service: 'watchguard',
        outcome: 'failure',
        user: refused.user ?? '',
        peer: refused.addr ?? '',
      });
    const m = WATCHGUARD.exec(text)?.groups;
    if (m === undefined) return false;
    return firewallEvent(
      {
        verdict: m.what === 'Deny' ? 'blocked' : 'allowed',
        source: m.src ?? '',
        destination: m.dst ?? '',
        sourcePort: m.sport,
        destinationPort: m.dport,
        transport: m.proto,
        ingress: m.in,
        egress: m.out,
        rule: m.id,
      },
      event,
    );
  },
};
