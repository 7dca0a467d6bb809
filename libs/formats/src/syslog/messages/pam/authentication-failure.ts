import type { Event } from '@suite/event';
import { isHost, unmapped } from '../address.ts';

/**
 * `logname=L uid=N euid=N tty=T ruser=R rhost=H[  user=U]`, as pam_unix and its kin write it.
 *
 * L, R and U may be the attacker's words and may hold ` rhost=` themselves. sshd sets no remote user, so its
 * first ` rhost=` is the true one; elsewhere a second one makes the host unknowable.
 */
export function authenticationFailure(fields: string, service: string, event: Event): boolean {
  if (!fields.startsWith('logname=')) return false;
  event['event.category'] = 'authentication';
  event['event.action'] = 'pam_auth';
  event['event.outcome'] = 'failure';
  event['event.reason'] = 'authentication_failure';

  const rhost = rhostAt(fields, service);
  if (rhost < 0) return true;
  const head = fields.slice(0, rhost - 7);
  const hostEnd = tokenEnd(fields, rhost);
  if (isHost(fields, rhost, hostEnd)) {
    event['source.address'] = unmapped(fields.slice(rhost, hostEnd));
  }
  const user = /^ {1,2}user=/.exec(fields.slice(hostEnd, hostEnd + 8));
  if (user !== null) event['user.name'] = fields.slice(hostEnd + user[0].length);
  const actor = between(head, ' ruser=', null) || between(head, 'logname=', ' uid=');
  if (actor !== '') {
    event['user.effective.name'] = actor;
    event['source.user.name'] = actor;
  }
  const tty = between(head, ' tty=', ' ruser=');
  if (tty !== '') event['process.tty'] = tty;
  return true;
}

function rhostAt(fields: string, service: string): number {
  const first = fields.indexOf(' rhost=');
  if (first < 0) return -1;
  const several = fields.indexOf(' rhost=', first + 7) >= 0;
  if (!several) return first + 7;
  const sshd = service.startsWith('sshd') && fields.slice(0, first).endsWith(' tty=ssh ruser=');
  return sshd ? first + 7 : -1;
}

function between(text: string, before: string, after: string | null): string {
  const at = text.indexOf(before);
  if (at < 0) return '';
  const start = at + before.length;
  const end = after === null ? text.length : text.indexOf(after, start);
  return end < 0 ? '' : text.slice(start, end);
}

function tokenEnd(text: string, start: number): number {
  const space = text.indexOf(' ', start);
  return space < 0 ? text.length : space;
}
