import type { Event } from '@suite/event';
import { isAddress, unmapped } from '../syslog/messages/address.ts';

/** Sigma's words for how bad a thing is; every system's own scale is put into them, in `rule.level`. */
export type RuleLevel = 'critical' | 'high' | 'medium' | 'low' | 'informational';

/** An alarm of another watcher, in any watcher's words. */
export interface Alarm {
  /** Which watcher: `suricata`, `falco`; becomes `service.name`. */
  readonly service: string;
  readonly name: string;
  readonly level: RuleLevel;
  readonly id?: string | undefined;
  readonly category?: string | undefined;
  /** What the watcher did about it. */
  readonly verdict?: 'blocked' | 'allowed' | 'detected' | undefined;
  readonly ends?: Ends;
}

/** Two ends of a connection; what is no address or port is left out. */
export interface Ends {
  readonly source?: string | undefined;
  readonly sourcePort?: string | number | undefined;
  readonly destination?: string | undefined;
  readonly destinationPort?: string | number | undefined;
  readonly transport?: string | undefined;
}

/** Writes the alarm as `ids_alert`; always true. */
export function idsAlert(alarm: Alarm, event: Event): true {
  event['event.category'] = 'network';
  event['event.action'] = 'ids_alert';
  event['event.outcome'] =
    alarm.verdict === 'blocked' ? 'failure' : alarm.verdict === 'allowed' ? 'success' : 'unknown';
  if (alarm.verdict !== undefined) event['event.reason'] = alarm.verdict;
  event['service.name'] = alarm.service;
  if (alarm.name !== '') event['rule.name'] = alarm.name;
  if (alarm.id !== undefined && alarm.id !== '') event['rule.id'] = alarm.id;
  if (alarm.category !== undefined && alarm.category !== '') event['rule.category'] = alarm.category;
  event['rule.level'] = alarm.level;
  if (alarm.ends !== undefined) writeEnds(alarm.ends, event);
  return true;
}

export function writeEnds(ends: Ends, event: Event): void {
  address(event, 'source.address', ends.source);
  address(event, 'destination.address', ends.destination);
  port(event, 'source.port', ends.sourcePort);
  port(event, 'destination.port', ends.destinationPort);
  if (ends.transport && /^[\w-]{1,16}$/.test(ends.transport))
    event['network.transport'] = ends.transport.toLowerCase();
}

function address(event: Event, key: 'source.address' | 'destination.address', value: string | undefined) {
  if (value === undefined) return;
  const bare = unmapped(value);
  if (isAddress(bare, 0, bare.length)) event[key] = bare;
}

function port(event: Event, key: 'source.port' | 'destination.port', value: string | number | undefined) {
  if (typeof value === 'string' && !/^\d{1,5}$/.test(value)) return;
  const number = Number(value ?? 0);
  if (Number.isInteger(number) && number > 0 && number <= 65_535) event[key] = number;
}
