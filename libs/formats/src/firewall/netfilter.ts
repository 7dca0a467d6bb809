import type { Event } from '@suite/event';
import { firewallEvent, verdictOf } from './packet.ts';

const MAX_FIELDS = 64;
/** Longest prefix of a rule: iptables allows 29 characters, nftables 127; the name of the chain may be in it. */
const PREFIX_CHARS = 200;
const FLAGS = new Set(['SYN', 'ACK', 'FIN', 'RST', 'PSH', 'URG', 'ECE', 'CWR']);

/**
 * A packet logged by nftables, iptables, ufw, Shorewall or OpenWrt's fw3/fw4: `PREFIX IN=eth0 OUT= MAC=… SRC=A DST=A
 * LEN=… PROTO=TCP SPT=… DPT=… SYN`. Only the first of each key counts: ICMP errors carry the packet that they answer
 * in brackets.
 */
export function firewallPacket(text: string, event: Event): boolean {
  const inAt = startOf(text);
  if (inAt < 0) return false;
  const { fields, flags } = keyValues(text, inAt);
  const prefix = text
    .slice(0, inAt)
    .replace(/^\[|[\] ]*$/g, '')
    .replace(/[: ]+$/, '');
  const ingress = fields.get('IN');
  const egress = fields.get('OUT');
  const packet = {
    verdict: verdictOf(prefix),
    rule: prefix,
    source: fields.get('SRC') ?? '',
    destination: fields.get('DST') ?? '',
    sourcePort: fields.get('SPT'),
    destinationPort: fields.get('DPT'),
    transport: fields.get('PROTO'),
    ingress,
    egress,
    direction:
      ingress && !egress ? ('inbound' as const) : egress && !ingress ? ('outbound' as const) : undefined,
  };
  if (!firewallEvent(packet, event)) return false;
  if (flags !== '') event['network.tcp.flags'] = flags;
  return true;
}

/** Where `IN=… OUT=` begins; -1 where it does not within a prefix's length. */
function startOf(text: string): number {
  for (let at = text.indexOf('IN='); at >= 0 && at <= PREFIX_CHARS; at = text.indexOf('IN=', at + 3)) {
    const before = at === 0 ? 32 : text.charCodeAt(at - 1);
    const letter =
      (before >= 65 && before <= 90) || (before >= 97 && before <= 122) || (before >= 48 && before <= 57);
    const space = text.indexOf(' ', at);
    if (!letter && space > 0 && space - at < 40 && text.startsWith('OUT=', space + 1)) return at;
  }
  return -1;
}

function keyValues(text: string, start: number): { fields: Map<string, string>; flags: string } {
  const fields = new Map<string, string>();
  const flags: string[] = [];
  for (const part of text.slice(start, start + 2048).split(' ', MAX_FIELDS)) {
    // The packet that an ICMP error answers.
    if (part.startsWith('[')) break;
    const equals = part.indexOf('=');
    if (equals < 1) {
      if (FLAGS.has(part)) flags.push(part);
      continue;
    }
    const key = part.slice(0, equals);
    if (!fields.has(key)) fields.set(key, part.slice(equals + 1));
  }
  return { fields, flags: flags.join(' ') };
}
