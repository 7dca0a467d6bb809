import type { Event } from '@suite/event';
import { modsecurityMessage } from '../ids/modsecurity.ts';
import { type Form, failed, matchForms, refused } from '../services/form.ts';
import { type HttpErrorForm, matchHttpErrors } from './http-error.ts';

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
  failed('authentication_failure', form('(?:WAR|ERR) \\[Login denied for user "(?<user>.*)"\\]')),
];

/** Requests that came to nothing (server/core.c, protocol.c, mod_autoindex.c, mod_cgi.c, mod_php). */
const ERRORS: readonly HttpErrorForm[] = [
  { pattern: form('File does not exist: (?<path>.*?)'), reason: 'not_found', status: 404 },
  {
    pattern: form("script '(?<path>.*?)' not found or unable to stat"),
    reason: 'not_found',
    status: 404,
  },
  { pattern: form('script not found or unable to stat: (?<path>.*?)'), reason: 'not_found', status: 404 },
  { pattern: form('attempt to invoke directory as script: (?<path>.*?)'), reason: 'forbidden', status: 403 },
  {
    pattern: form('Directory index forbidden by Options directive: (?<path>.*?)'),
    reason: 'forbidden',
    status: 403,
  },
  {
    pattern: form(
      'Cannot serve directory (?<path>.*?): No matching DirectoryIndex .*? and server-generated directory index forbidden by Options directive',
    ),
    reason: 'forbidden',
    status: 403,
  },
  {
    pattern: form('Symbolic link not allowed or link target not accessible: (?<path>.*?)'),
    reason: 'forbidden',
    status: 403,
  },
  {
    pattern: form('Invalid URI in request (?:(?<method>[A-Z]{1,20}) )?(?<url>.*?)(?: HTTP/\\d\\.\\d)?'),
    reason: 'invalid_request',
    status: 400,
  },
  { pattern: form('Invalid method in request .*'), reason: 'invalid_request' },
  {
    pattern: form('request failed: URI too long \\(longer than \\d{1,9}\\)'),
    reason: 'uri_too_long',
    status: 414,
  },
  { pattern: form('request failed: .*'), reason: 'invalid_request' },
  { pattern: form('erroneous characters after protocol string: .*'), reason: 'invalid_request', status: 400 },
  {
    pattern: form('Requested content-length of \\d{1,20} is larger than the configured limit of \\d{1,20}'),
    reason: 'body_too_large',
    status: 413,
  },
];

/** Adds what the message means; the address is that of the line's `[client …]`. */
export function apacheErrorMeaning(message: string, event: Event): void {
  const { 'source.address': address, 'source.port': port } = event;
  if (modsecurityMessage(message, event) || matchHttpErrors(ERRORS, message, event)) return;
  if (!matchForms(FORMS, message, event, 'apache')) return;
  if (address !== undefined) event['source.address'] = address;
  if (port !== undefined) event['source.port'] = port;
}
