import type { Event } from '@suite/event';
import { failed, matchForms, succeeded } from '../services/form.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { firewallEvent, verdictOf } from './packet.ts';

const TOPICS = /^(?:[a-z]{2,20},){0,3}(?:info|warning|error|critical|debug|account)(?:,[a-z]{2,20}){0,2} /;
const MIKROTIK_PACKET =
  /^(?<prefix>.{0,60}?) ?(?:input|forward|output|prerouting|postrouting|\S{1,40}): in:(?<in>[^,]{1,64}) out:(?<out>[^,]{1,64}), (?:connection-state:[\w,]{1,40} )?(?:src-mac [0-9A-Fa-f:]{17}, )?proto (?<proto>[\w-]{1,16})(?: \([^()]{1,64}\))?, (?<src>[0-9A-Fa-f:.]{2,64}?)(?::(?<sport>\d{1,5}))?->(?<dst>[0-9A-Fa-f:.]{2,64}?)(?::(?<dport>\d{1,5}))?,/;
const MIKROTIK_LOGINS = [
  failed(
    'authentication_failure',
    /^login failure for user (?<user>.*) from (?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:]) via (?<proto>[\w-]{1,16})$/s,
  ),
  succeeded(
    /^user (?<user>.*) logged in from (?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:]) via (?<proto>[\w-]{1,16})$/s,
  ),
];

/** MikroTik RouterOS: topics where other programs have a tag, so the frame knows no program. */
export const mikrotik: MessageParser = {
  name: 'mikrotik',
  programs: ['*'],
  parse(message, event, frame) {
    if (frame.program !== undefined || message.length > 2048) return false;
    const topics = TOPICS.exec(message.slice(0, 80))?.[0];
    if (topics === undefined) return false;
    const text = message.slice(topics.length);
    if (topics.startsWith('system,')) return matchForms(MIKROTIK_LOGINS, text, event, 'mikrotik');
    if (!topics.startsWith('firewall,')) return false;
    const m = MIKROTIK_PACKET.exec(text)?.groups;
    if (m === undefined) return false;
    return firewallEvent(
      {
        verdict: verdictOf(m.prefix ?? ''),
        rule: m.prefix,
        source: m.src ?? '',
        destination: m.dst ?? '',
        sourcePort: m.sport,
        destinationPort: m.dport,
        transport: m.proto,
        ingress: m.in?.startsWith('(') ? undefined : m.in,
        egress: m.out?.startsWith('(') ? undefined : m.out,
      },
      event,
    );
  },
};

const END = '(?<src>[0-9A-Fa-f:.]{2,64})\\/(?<sport>\\d{1,5})';
const TO = '(?<dst>[0-9A-Fa-f:.]{2,64})\\/(?<dport>\\d{1,5})';
const ASA_PACKETS: readonly RegExp[] = [
  new RegExp(
    `^Deny (?<proto>tcp|udp|icmp) src (?<in>[\\w.-]{1,64}):${END}(?:\\([^()]{0,128}\\))? dst (?<out>[\\w.-]{1,64}):${TO}(?:\\([^()]{0,128}\\))? by access-group "(?<rule>[^"]{1,128})"`,
  ),
  new RegExp(
    `^Inbound (?<proto>TCP) connection denied from ${END} to ${TO} flags .{1,64} on interface (?<in>[\\w.-]{1,64})$`,
  ),
  new RegExp(
    `^Deny (?<proto>TCP) \\(no connection\\) from ${END} to ${TO} flags .{1,64} on interface (?<in>[\\w.-]{1,64})$`,
  ),
  new RegExp(`^(?<proto>TCP|UDP) access denied by ACL from ${END} to (?<in>[\\w.-]{1,64}):${TO}$`),
];
const ASA_LOGINS = [
  failed(
    'authentication_failure',
    /^Login denied from (?<addr>[0-9A-Fa-f:.]{2,64})\/(?<port>\d{1,5}) to [\w.-]{1,64}:[0-9A-Fa-f:.]{2,64}\/(?<proto>[\w-]{1,16}) for user "(?<user>.*)"$/s,
  ),
  succeeded(
    /^Login permitted from (?<addr>[0-9A-Fa-f:.]{2,64})\/(?<port>\d{1,5}) to [\w.-]{1,64}:[0-9A-Fa-f:.]{2,64}\/(?<proto>[\w-]{1,16}) for user "(?<user>.*)"$/s,
  ),
];

/** Cisco ASA: the tag is `%ASA-LEVEL-NUMBER`. */
export const ciscoAsa: MessageParser = {
  name: 'cisco-asa',
  programs: ['*'],
  parse(message, event, frame) {
    if (frame.program?.startsWith('%ASA-') !== true || message.length > 2048) return false;
    return matchForms(ASA_LOGINS, message, event, 'cisco-asa') || asaPacket(message, event);
  },
};

function asaPacket(message: string, event: Event): boolean {
  for (const pattern of ASA_PACKETS) {
    const m = pattern.exec(message)?.groups;
    if (m === undefined) continue;
    return firewallEvent(
      {
        verdict: 'blocked',
        source: m.src ?? '',
        destination: m.dst ?? '',
        sourcePort: m.sport,
        destinationPort: m.dport,
        transport: m.proto,
        ingress: m.in,
        egress: m.out,
        rule: m.rule,
      },
      event,
    );
  }
  return false;
}
