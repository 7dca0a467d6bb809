import type { Event } from '@suite/event';
import { splitPeer } from '../services/form.ts';
import { isAddress, unmapped } from '../syslog/messages/address.ts';

export interface Decided {
  readonly service: string;
  readonly outcome: 'success' | 'failure';
  readonly reason?: string;
  readonly user?: string;
  /** With or without port; taken only where it is an address. */
  readonly peer?: string;
  readonly method?: string;
}

/** Writes a `service_login`; always true. */
export function login(event: Event, { service, outcome, reason, user, peer, method }: Decided): true {
  event['event.category'] = 'authentication';
  event['event.action'] = 'service_login';
  event['event.outcome'] = outcome;
  if (outcome === 'failure') event['event.reason'] = reason ?? 'authentication_failure';
  event['service.name'] = service;
  if (user) event['user.name'] = user;
  if (method) event['auth.method'] = method;
  const found = peer ? splitPeer(peer) : null;
  if (found !== null) event['source.address'] = found.address;
  if (found !== null && found.port > 0) event['source.port'] = found.port;
  return true;
}

/** Writes a `service_refused`; always true. */
export function refusal(event: Event, service: string, reason: string, peer: string): true {
  event['event.category'] = 'network';
  event['event.action'] = 'service_refused';
  event['event.outcome'] = 'failure';
  event['event.reason'] = reason;
  event['service.name'] = service;
  const bare = unmapped(peer);
  if (isAddress(bare, 0, bare.length)) event['source.address'] = bare;
  return true;
}
