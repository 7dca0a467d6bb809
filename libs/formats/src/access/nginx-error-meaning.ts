import type { Event } from '@suite/event';
import { failed, matchForms, refused } from '../services/form.ts';

/** Up to where nginx itself speaks of the client: `, client: A, server: …, request: "…"`. */
const REST = '(?:, client: .*)?$';
const form = (words: string) => new RegExp(`^(?:\\*\\d{1,20} )?${words}${REST}`, 's');

/**
 * What nginx's error log means (ngx_http_auth_basic_module.c, limit_req, limit_conn, access, ngx_event_openssl.c).
 * The name that was tried stands before `, client: `: where it holds the module's own words, it is not believed.
 */
const FORMS = [
  failed('invalid_user', form('user "(?<user>.*)" was not found in "[^"]{1,512}"'), '" was not found in "'),
  failed('password_mismatch', form('user "(?<user>.*)": password mismatch'), '": password mismatch'),
  refused('rate_limit', form('(?:limiting|delaying) requests, excess: [\\d.]{1,16} by zone "[^"]{1,128}"')),
  refused('connection_limit', form('limiting connections by zone "[^"]{1,128}"')),
  refused('forbidden', form('access forbidden by rule')),
  refused('forbidden', form('directory index of "[^"]*" is forbidden')),
  refused('bad_protocol', form('client (?:sent|intended to send) .{1,512}?')),
  refused('tls_handshake', form('SSL_do_handshake\\(\\) failed .*? while SSL handshaking')),
  refused(
    'modsecurity',
    form('\\[client [0-9A-Fa-f:.]{2,64}\\] ModSecurity: Access denied with code \\d{3} .*?'),
  ),
];

/** Adds what the message means; the address is the caller's, which knows of more than one `, client: `. */
export function nginxErrorMeaning(message: string, event: Event): void {
  const address = event['source.address'];
  if (!matchForms(FORMS, message, event, 'nginx')) return;
  if (address === undefined) delete event['source.address'];
}
