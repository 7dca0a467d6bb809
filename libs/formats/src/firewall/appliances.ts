import type { Event } from '@suite/event';
import { idsAlert, type RuleLevel } from '../ids/alert.ts';
import { login } from '../structured/decided.ts';
import { isAddress } from '../syslog/messages/address.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { keyValues } from './key-values.ts';
import { firewallEvent, verdictOf } from './packet.ts';

type Fields = ReadonlyMap<string, string>;

/** `key=value` appliances that are told by keys which they all write: nobody else's line has them together. */
interface Appliance {
  readonly name: string;
  /** Cheap look at the message before its pairs are taken apart. */
  readonly looks: RegExp;
  decide(fields: Fields, event: Event): boolean;
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'ipv6-icmp',
};
const get = (fields: Fields, ...names: readonly string[]): string => {
  for (const name of names) {
    const value = fields.get(name);
    if (value !== undefined && value !== '' && value !== 'N/A') return value;
  }
  return '';
};

const SEVERITIES: Readonly<Record<string, RuleLevel>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  info: 'informational',
  informational: 'informational',
};

/** FortiGate (FortiOS Log Message Reference): `logid`, `devid` and `type` in every line. */
const fortigate: Appliance = {
  name: 'fortigate',
  looks: /(?:^|\s)devid="?F[A-Z0-9]{4,24}"?\s.{0,400}logid=/,
  decide(fields, event) {
    const type = get(fields, 'type');
    const action = get(fields, 'action');
    if (type === 'traffic') {
      const verdict = /^(?:deny|block(?:ed)?|dropped|ip-conn|dns)$/.test(action) ? 'blocked' : 'allowed';
      // Only the end of a session that was let through is logged, so it is the connection.
      if (!/^(?:deny|block|blocked|dropped|accept|close|client-rst|server-rst|timeout)$/.test(action))
        return false;
      return packetOf(fields, verdict, get(fields, 'policyname', 'policyid'), event);
    }
    if (type === 'utm' && /^(?:ips|virus|anomaly)$/.test(get(fields, 'subtype'))) {
      return alarm(
        fields,
        'fortigate',
        get(fields, 'attack', 'virus', 'msg'),
        get(fields, 'attackid'),
        get(fields, 'severity', 'crlevel'),
        action,
        event,
      );
    }
    if (type !== 'event' || action !== 'login' || get(fields, 'status') === '') return false;
    return login(event, {
      service: 'fortigate',
      outcome: get(fields, 'status') === 'success' ? 'success' : 'failure',
      user: get(fields, 'user'),
      peer: get(fields, 'srcip'),
    });
  },
};

/** SonicWall: `id=firewall sn=…`, ends as `src=ADDRESS:PORT:INTERFACE`. */
const sonicwall: Appliance = {
  name: 'sonicwall',
  looks: /(?:^|\s)id=[\w-]{1,40}\s+sn=[0-9A-F]{8,16}\s/,
  decide(fields, event) {
    const [source = '', sourcePort, ingress] = ends(get(fields, 'src'));
    const [destination = '', destinationPort, egress] = ends(get(fields, 'dst'));
    const message = get(fields, 'msg');
    const action = get(fields, 'fw_action').replaceAll('"', '');
    if (/login (?:failed|denied)/i.test(message) && /^(?:Administrator|User|Unknown User)/.test(message))
      return login(event, {
        service: 'sonicwall',
        outcome: 'failure',
        user: get(fields, 'usr', 'user'),
        peer: source,
      });
    const verdict =
      /^(?:drop|deny|reject)/i.test(action) || /\b(?:dropped|denied|blocked)\b/i.test(message)
        ? 'blocked'
        : /^Connection Opened/.test(message)
          ? 'allowed'
          : 'unknown';
    if (verdict === 'unknown') return false;
    const transport = get(fields, 'proto').split('/')[0];
    return firewallEvent(
      {
        verdict,
        source,
        destination,
        sourcePort,
        destinationPort,
        ingress,
        egress,
        transport,
        rule: get(fields, 'rule'),
      },
      event,
    );
  },
};

/** Sophos Firewall (SFOS): `log_type="Firewall"` with `device_name` or `device_serial_id`. */
const sophos: Appliance = {
  name: 'sophos',
  looks: /(?:^|\s)device(?:_name|_serial_id)?="[^"]{0,64}"\s.{0,300}log_type="/,
  decide(fields, event) {
    const type = get(fields, 'log_type');
    if (type === 'Firewall') {
      const verdict = verdictOf(get(fields, 'log_subtype', 'status'));
      if (verdict === 'unknown') return false;
      return packetOf(fields, verdict, get(fields, 'fw_rule_name', 'fw_rule_id'), event);
    }
    if (type === 'IDP' || type === 'ATP')
      return alarm(
        fields,
        'sophos',
        get(fields, 'signature_msg', 'threatname'),
        get(fields, 'signature_id'),
        get(fields, 'severity'),
        get(fields, 'log_subtype'),
        event,
      );
    return false;
  },
};

/** Check Point's Log Exporter in its own syntax: `key:"value"; …` behind `[action:"Drop"; …]`; here its key=value one. */
const checkpoint: Appliance = {
  name: 'checkpoint',
  looks: /(?:^|\s|\|)product="?(?:VPN-1 & FireWall-1|SmartDefense|IPS|Anti-Bot|New Anti Virus)"?/,
  decide(fields, event) {
    const action = get(fields, 'action');
    const attack = get(fields, 'attack', 'protection_name');
    if (attack !== '')
      return alarm(
        fields,
        'checkpoint',
        attack,
        get(fields, 'protection_id'),
        get(fields, 'severity'),
        action,
        event,
      );
    const verdict = verdictOf(action);
    return verdict !== 'unknown' && packetOf(fields, verdict, get(fields, 'rule_name', 'rule'), event);
  },
};

const APPLIANCES: readonly Appliance[] = [fortigate, sonicwall, sophos, checkpoint];

function packetOf(fields: Fields, verdict: 'blocked' | 'allowed', rule: string, event: Event): boolean {
  const protocol = get(fields, 'proto', 'protocol', 'ip_protocol');
  return firewallEvent(
    {
      verdict,
      source: get(fields, 'srcip', 'src_ip', 'src'),
      destination: get(fields, 'dstip', 'dst_ip', 'dst'),
      sourcePort: get(fields, 'srcport', 'src_port', 's_port') || undefined,
      destinationPort: get(fields, 'dstport', 'dst_port', 'service') || undefined,
      transport: PROTOCOLS[protocol] ?? (/^[A-Za-z]{2,8}$/.test(protocol) ? protocol : undefined),
      ingress: get(fields, 'srcintf', 'in_interface', 'inzone') || undefined,
      egress: get(fields, 'dstintf', 'out_interface', 'outzone') || undefined,
      rule: rule || undefined,
    },
    event,
  );
}

function alarm(
  fields: Fields,
  service: string,
  name: string,
  id: string,
  severity: string,
  action: string,
  event: Event,
): boolean {
  const source = get(fields, 'srcip', 'src_ip', 'src');
  if (name === '' || !isAddress(source, 0, source.length)) return false;
  return idsAlert(
    {
      service,
      name,
      id,
      level: SEVERITIES[severity.toLowerCase()] ?? 'low',
      verdict: /drop|block|deny|reset|prevent|reject|clear_session/i.test(action) ? 'blocked' : 'detected',
      ends: {
        source,
        sourcePort: get(fields, 'srcport', 'src_port', 's_port'),
        destination: get(fields, 'dstip', 'dst_ip', 'dst'),
        destinationPort: get(fields, 'dstport', 'dst_port', 'service'),
      },
    },
    event,
  );
}

function ends(text: string): (string | undefined)[] {
  const m = /^([0-9A-Fa-f.]{3,45}|\[[0-9A-Fa-f:.]{2,64}\])(?::(\d{1,5}))?(?::([\w.-]{1,32}))?/.exec(text);
  return m === null ? [] : [m[1]?.replace(/^\[|\]$/g, ''), m[2], m[3]];
}

/**
 * Firewalls that write `key=value`, in whatever frame. They have no tag, so a frame's first word may be one by mistake:
 * the message is looked at with and without it.
 */
export const appliances: MessageParser = {
  name: 'appliance',
  programs: ['*'],
  parse(message, event, frame) {
    if (frame.program !== undefined || message.length > 8192 || !message.includes('=')) return false;
    return appliance(message, event) !== null;
  },
};

/** Which appliance the message is of; null, with nothing written, where it is none's or decides nothing. */
export function appliance(message: string, event: Event): string | null {
  for (const { name, looks, decide } of APPLIANCES) {
    if (!looks.test(message.slice(0, 1024))) continue;
    const decided: Event = {};
    if (!decide(keyValues(message), decided)) return null;
    Object.assign(event, decided);
    event['service.name'] ??= name;
    return name;
  }
  return null;
}

/** The appliance whose line this looks like, by keys that it always writes. */
export function applianceOf(message: string): string | null {
  return APPLIANCES.find(({ looks }) => looks.test(message.slice(0, 1024)))?.name ?? null;
}
