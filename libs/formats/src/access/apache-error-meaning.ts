import type { Event } from '@suite/event';
import { type Form, failed, matchForms, refused } from '../services/form.ts';

const form = (words: string) => new RegExp(`^(?:AH\\d{5}: )?${words}(?:, referer: .*)?$`, 's');

/** 2.2 without the numbers, 2.4 with them (mod_auth_basic.c, mod_auth_digest.c, mod_authz_core.c, mod_access_compat.c). */
const FORMS: readonly Form[] = [
  failed(
    'invalid_user',
    form("user [`'](?<user>.*)' in realm [`'][^'`]*' (?:not found|denied by provider): [^ ]{1,2048}"),
  ),
  failed('password_mismatch', form("user [`'](?<user>.*)': password mismatch: [^ ]{1,2048}")),
  failed(
    'password_mismatch',
    form('user (?<user>.*): authentication failure for "[^"]*": Password Mismatch'),
  ),
  failed('invalid_user', form('user (?<user>.*) not found: [^ ]{1,2048}')),
  failed(
    'authentication_failure',
    form('auth_ldap authenticate: user (?<user>.*) authentication failed; URI [^ ]{1,2048} \\[.*'),
  ),
  refused('authorization', form('user (?<user>.*): authorization failure for "[^"]*": .*')),
  refused('bad_nonce', form('invalid nonce [^ ]{0,512} received - .*')),
  refused('forbidden', form('client denied by server configuration: .*')),
  refused('script_not_found', form("script '[^']*' not found or unable to stat")),
  failed('authentication_failure', form('(?:WAR|ERR) \\[Login denied for user "(?<user>.*)"\\]')),
  refused(
    'invalid_request',
    form(
      '(?:Invalid (?:URI|method) in request|request failed:|erroneous characters after protocol string:) .*',
    ),
  ),
  refused(
    'modsecurity',
    form(
      '(?:\\[client [^\\]]{2,80}\\] )?ModSecurity: Access denied with (?:code \\d{3}|connection close|redirection) .*',
    ),
  ),
];

/** Adds what the message means; the address is that of the line's `[client …]`. */
export function apacheErrorMeaning(message: string, event: Event): void {
  const { 'source.address': address, 'source.port': port } = event;
  if (!matchForms(FORMS, message, event, 'apache')) return;
  if (address !== undefined) event['source.address'] = address;
  if (port !== undefined) event['source.port'] = port;
}
