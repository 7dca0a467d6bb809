import type { Event, EventOutcome } from '@suite/event';
import { isAddress } from '../syslog/messages/address.ts';

/** A packet or connection that a firewall decided on, in any firewall's words. */
export interface Packet {
  readonly verdict: 'blocked' | 'allowed' | 'unknown';
  readonly source: string;
  readonly destination: string;
  /** Digits; anything else is left out. */
  readonly sourcePort?: string | undefined;
  readonly destinationPort?: string | undefined;
  /** As logged; `TCP`, `udp`, `ICMP`. */
  readonly transport?: string | undefined;
  readonly ingress?: string | undefined;
  readonly egress?: string | undefined;
  /** The rule or the prefix that a rule logs under. */
  readonly rule?: string | undefined;
  readonly direction?: 'inbound' | 'outbound' | undefined;
}

const OUTCOMES: Readonly<Record<Packet['verdict'], EventOutcome>> = {
  blocked: 'failure',
  allowed: 'success',
  unknown: 'unknown',
};

/** Writes the packet; false, with nothing written, where source or destination is no address. */
export function firewallEvent(packet: Packet, event: Event): boolean {
  const { source, destination, verdict } = packet;
  if (!isAddress(source, 0, source.length) || !isAddress(destination, 0, destination.length)) return false;
  event['event.category'] = 'network';
  event['event.action'] = 'firewall_packet';
  event['event.outcome'] = OUTCOMES[verdict];
  if (verdict !== 'unknown') event['event.reason'] = verdict;
  if (packet.rule) event['rule.name'] = packet.rule;
  event['source.address'] = source;
  event['destination.address'] = destination;
  port(event, 'source.port', packet.sourcePort);
  port(event, 'destination.port', packet.destinationPort);
  if (packet.transport) event['network.transport'] = packet.transport.toLowerCase();
  if (packet.ingress) event['network.interface.ingress'] = packet.ingress;
  if (packet.egress) event['network.interface.egress'] = packet.egress;
  if (packet.direction) event['network.direction'] = packet.direction;
  return true;
}

/** What a prefix or an action says of the packet's fate. */
export function verdictOf(words: string): Packet['verdict'] {
  if (
    /BLOCK|DROP|DEN(?:Y|IED)|REJECT|DISCARD|BLACKLIST|BANNED|(?:^|[^A-Za-z])BAN(?:$|[^A-Za-z])/i.test(words)
  )
    return 'blocked';
  return /ALLOW|ACCEPT|PASS|PERMIT/i.test(words) ? 'allowed' : 'unknown';
}

function port(event: Event, key: 'source.port' | 'destination.port', value: string | undefined): void {
  if (value !== undefined && /^\d{1,5}$/.test(value) && Number(value) <= 65_535) event[key] = Number(value);
}
