import type { LogRecord } from '@suite/event';
import { withoutMapping } from '../network.ts';

/** A decided login to a network service other than sshd. */
export interface ServiceLogin {
  readonly service: string;
  /** Empty where the log does not tell. */
  readonly user: string;
  readonly address: string;
  readonly host: string;
  readonly outcome: 'success' | 'failure';
  readonly count: number;
}

/** @returns null for what decides nothing, or names no peer. */
export function serviceLogin(record: LogRecord): ServiceLogin | null {
  const event = record.event!;
  const outcome = event['event.outcome'];
  const address = event['source.address'];
  if (!address || (outcome !== 'success' && outcome !== 'failure')) return null;
  return {
    service: event['service.name'] ?? event['process.name'] ?? record.format,
    user: event['user.name'] ?? '',
    address: withoutMapping(address),
    host: event['host.name'] ?? record.origin.host,
    outcome,
    count: event['event.count'] ?? 1,
  };
}

/** `service\0rest`, the key of a story of one service. */
export function keyOf(service: string, rest: string): string {
  return `${service}\0${rest}`;
}

export function partsOf(key: string): { service: string; rest: string } {
  const at = key.indexOf('\0');
  return { service: key.slice(0, at), rest: key.slice(at + 1) };
}
