import type { Event, EventCategory, EventOutcome } from '@suite/event';
import type { Peer } from '../address.ts';

/** Writes what every sshd family says; returns true so that a family can end with it. */
export function vouch(
  event: Event,
  action: string,
  outcome: EventOutcome,
  reason: string | null = null,
  peer: Peer | null = null,
  user: string | null = null,
): true {
  event['event.category'] = categoryOf(action);
  event['event.action'] = action;
  event['event.outcome'] = outcome;
  if (reason !== null) event['event.reason'] = reason;
  if (user !== null) event['user.name'] = user;
  if (peer !== null && peer.address !== '') {
    event['source.address'] = peer.address;
    // Versions before 7.0 log no port.
    if (peer.port > 0) event['source.port'] = peer.port;
  }
  return true;
}

function categoryOf(action: string): EventCategory {
  switch (action) {
    case 'ssh_login':
    case 'ssh_invalid_user':
    case 'ssh_denied':
    case 'ssh_key':
    case 'pam_auth':
    case 'pam_account':
      return 'authentication';
    case 'ssh_server':
      return 'configuration';
    case 'ssh_session_started':
    case 'ssh_session_ended':
    case 'session_opened':
    case 'session_closed':
      return 'session';
    default:
      return 'network';
  }
}
