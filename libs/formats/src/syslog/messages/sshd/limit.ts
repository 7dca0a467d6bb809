import type { Event } from '@suite/event';
import { isAddress, type Peer } from '../address.ts';
import { vouch } from './outcome.ts';

/** `drop connection #N from [A]:P on [L]:P WHY`: past MaxStartups, or a penalty (9.8 and later). */
export function dropConnection(text: string, event: Event): boolean {
  const match =
    /^drop connection #\d{1,9} from \[([^\]]{1,64})\]:(\d{1,5}) on \[([^\]]{1,64})\]:(\d{1,5}) (.{1,200})$/.exec(
      text,
    );
  if (match === null) return false;
  const [, address = '', port, local = '', localPort, why = ''] = match;
  const known = isAddress(address, 0, address.length);
  const peer: Peer | null = known ? { start: 0, end: 0, address, port: Number(port) } : null;
  if (isAddress(local, 0, local.length)) {
    event['destination.address'] = local;
    event['destination.port'] = Number(localPort);
  }
  const reason = why.toLowerCase() === 'past maxstartups' ? 'max_startups' : why;
  return vouch(event, 'ssh_limit', 'failure', reason, peer);
}

/** `beginning|exited MaxStartups throttling…`, `in MaxStartups throttling for T, N connections dropped`. */
export function throttling(text: string, event: Event): boolean {
  const match =
    /^(?:beginning|in|exited) MaxStartups throttling(?:.{0,60}, (\d{1,9}) connections dropped)?$/.exec(text);
  if (match === null) return false;
  if (match[1] !== undefined) event['ssh.connections_dropped'] = Number(match[1]);
  return vouch(event, 'ssh_limit', text.startsWith('exited') ? 'unknown' : 'failure', 'max_startups');
}

/** srclimit.c: `srclimit_penalise: ipv4: new A/32 active penalty of S seconds for REASON`, `…: A/32: activating …`. */
export function penalty(text: string, event: Event): boolean {
  const match =
    /^srclimit_penalise: (?:ipv[46]: new |)([0-9A-Fa-f:.]{2,64})\/(\d{1,3})(?: |: )(?:active|deferred|activating) .{0,80} seconds for (.{1,200})$/.exec(
      text,
    );
  if (match === null)
    return text.startsWith('srclimit_penalise: ') && vouch(event, 'ssh_limit', 'unknown', 'penalty');
  const [, address = '', bits, why = ''] = match;
  const whole = (bits === '32' && !address.includes(':')) || bits === '128';
  const peer = whole && isAddress(address, 0, address.length) ? { start: 0, end: 0, address, port: 0 } : null;
  return vouch(event, 'ssh_limit', 'failure', why, peer);
}
