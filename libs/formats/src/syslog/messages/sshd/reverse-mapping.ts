import type { Event } from '@suite/event';
import { isAddress, isHost, type Peer } from '../address.ts';
import { vouch } from './outcome.ts';

/** remote_hostname() of canohost.c and auth.c: the peer's name (from DNS, so the peer's) does not map back. */
export function reverseMapping(text: string, event: Event): boolean {
  if (text.startsWith('reverse mapping checking ')) {
    const open = text.lastIndexOf(' [');
    const close = text.indexOf('] failed', open);
    return open > 0 && close > 0 && mismatch(text, open + 2, close, event);
  }
  if (text.startsWith('Address ')) {
    const end = text.indexOf(' maps to ', 8);
    return end > 0 && mismatch(text, 8, end, event);
  }
  if (text.startsWith('Nasty PTR record "')) {
    const at = text.lastIndexOf('" is set up for ');
    const end = text.endsWith(', ignoring') ? text.length - 10 : -1;
    return at > 0 && end > 0 && mismatch(text, at + 16, end, event);
  }
  if (text.startsWith('Could not reverse map address ')) {
    const end = text.endsWith('.') ? text.length - 1 : text.length;
    return mismatch(text, 30, end, event);
  }
  return false;
}

function mismatch(text: string, start: number, end: number, event: Event): boolean {
  if (!isAddress(text, start, end)) return false;
  const peer: Peer = { start, end, address: text.slice(start, end), port: 0 };
  if (text.startsWith('reverse mapping checking ')) {
    const nameAt = text.indexOf(' for ') + 5;
    if (isHost(text, nameAt, start - 2)) event['source.domain'] = text.slice(nameAt, start - 2);
  }
  return vouch(event, 'ssh_reverse_mapping', 'failure', 'reverse_mapping', peer);
}
