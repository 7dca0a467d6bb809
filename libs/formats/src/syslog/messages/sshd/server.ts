import type { Event } from '@suite/event';
import { vouch } from './outcome.ts';

/** What sshd says of itself: the beginning of the message, the reason, whether something is wrong. */
const BEGINNINGS: readonly (readonly [string, string, 'success' | 'failure' | 'unknown'])[] = [
  ['Server listening on ', 'listening', 'success'],
  ['Received signal ', 'terminated', 'unknown'],
  ['Received SIGHUP; restarting', 'restarted', 'unknown'],
  ['Received SIGTERM', 'terminated', 'unknown'],
  ['Exiting on signal ', 'terminated', 'unknown'],
  ['Caught signal ', 'terminated', 'unknown'],
  ['Could not load host key', 'host_key', 'failure'],
  ['Could not load host certificate', 'host_key', 'failure'],
  ['Unable to load host key', 'host_key', 'failure'],
  ['Disabling protocol version ', 'host_key', 'failure'],
  ['no hostkeys available', 'host_key', 'failure'],
  ['sshd: no hostkeys available', 'host_key', 'failure'],
  ['Bind to port ', 'bind', 'failure'],
  ['Cannot bind any address', 'bind', 'failure'],
  ['Missing privilege separation directory', 'privilege_separation', 'failure'],
  ['Privilege separation user ', 'privilege_separation', 'failure'],
  ['Generating ', 'key_generation', 'unknown'],
  ['RSA key generation complete', 'key_generation', 'unknown'],
  ['rexec line ', 'configuration', 'failure'],
  ['reexec line ', 'configuration', 'failure'],
  ['Bad configuration option', 'configuration', 'failure'],
  ['Unsafe AuthorizedKeysCommand', 'authorized_keys_command', 'failure'],
  ['Unsafe AuthorizedPrincipalsCommand', 'authorized_keys_command', 'failure'],
  ['AuthorizedKeysCommand ', 'authorized_keys_command', 'failure'],
  ['AuthorizedPrincipalsCommand ', 'authorized_keys_command', 'failure'],
  ['Root login accepted for forced command', 'root_forced_command', 'unknown'],
  ['monitor_read: unpermitted request', 'monitor', 'failure'],
  ['mm_request_receive', 'monitor', 'failure'],
  ['mm_request_send', 'monitor', 'failure'],
  ['fork of unprivileged child failed', 'privilege_separation', 'failure'],
  ['accept: ', 'accept', 'failure'],
  ['fork: ', 'accept', 'failure'],
];

const BY_FIRST_LETTERS = Map.groupBy(BEGINNINGS, ([beginning]) => beginning.slice(0, 4));

export function server(text: string, event: Event): boolean {
  for (const [beginning, reason, outcome] of BY_FIRST_LETTERS.get(text.slice(0, 4)) ?? []) {
    if (text.startsWith(beginning)) return vouch(event, 'ssh_server', outcome, reason);
  }
  if (/^\/[\w./-]{1,200} line \d{1,6}: /.test(text.slice(0, 220))) {
    return vouch(event, 'ssh_server', 'failure', 'configuration');
  }
  return false;
}
