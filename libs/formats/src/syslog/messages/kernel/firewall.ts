import type { Event, EventOutcome } from '@suite/event';
import { isAddress } from '../address.ts';

const MAX_FIELDS = 64;

/**
 * A packet logged by nftables, iptables or ufw: `PREFIX IN=eth0 OUT= MAC=… SRC=A DST=A LEN=… PROTO=TCP SPT=… DPT=…`.
 * Only the first of each key counts: ICMP errors carry the packet that they answer in brackets.
 */
export function firewallPacket(text: string, event: Event): boolean {
  const inAt = text.startsWith('IN=') ? 0 : text.indexOf(' IN=') + 1;
  if (inAt === 0 && !text.startsWith('IN=')) return false;
  if (inAt > 200 || !text.includes(' OUT=', inAt)) return false;
  const fields = keyValues(text, inAt);
  const source = fields.get('SRC') ?? '';
  const destination = fields.get('DST') ?? '';
  if (!isAddress(source, 0, source.length) || !isAddress(destination, 0, destination.length)) return false;

  event['event.category'] = 'network';
  event['event.action'] = 'firewall_packet';
  const prefix = text.slice(0, inAt).replace(/^\[|\]? *$/g, '');
  event['event.outcome'] = outcomeOf(prefix);
  if (prefix !== '') event['event.reason'] = prefix;
  event['source.address'] = source;
  event['destination.address'] = destination;
  port(event, 'source.port', fields.get('SPT'));
  port(event, 'destination.port', fields.get('DPT'));
  const transport = fields.get('PROTO');
  if (transport !== undefined) event['network.transport'] = transport.toLowerCase();
  const ingress = fields.get('IN');
  if (ingress) event['network.interface.ingress'] = ingress;
  const egress = fields.get('OUT');
  if (egress) event['network.interface.egress'] = egress;
  return true;
}

function keyValues(text: string, start: number): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.slice(start, start + 2048).split(' ', MAX_FIELDS)) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    const key = part.slice(0, equals);
    if (!fields.has(key)) fields.set(key, part.slice(equals + 1));
  }
  return fields;
}

function outcomeOf(prefix: string): EventOutcome {
  if (/BLOCK|DROP|DENY|DENIED|REJECT/i.test(prefix)) return 'failure';
  return /ALLOW|ACCEPT|PASS/i.test(prefix) ? 'success' : 'unknown';
}

function port(event: Event, key: 'source.port' | 'destination.port', value: string | undefined): void {
  if (value !== undefined && /^\d{1,5}$/.test(value)) event[key] = Number(value);
}
