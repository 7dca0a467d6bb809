import type { Event } from '@suite/event';
import { modsecurityMessage } from '../ids/modsecurity.ts';
import { failed, matchForms, refused } from '../services/form.ts';
import { type HttpErrorForm, matchHttpErrors } from './http-error.ts';

const CLIENT = ', client: ';

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
  refused('bad_protocol', form('client sent plain HTTP request to HTTPS port.{0,80}?')),
  refused('tls_handshake', form('SSL_do_handshake\\(\\) failed .*? while SSL handshaking')),
];

/**
 * Requests that came to nothing (ngx_http_core_module.c, static, index, autoindex, request_body.c, ngx_http_request.c),
 * and `request: "METHOD URL` of nginx's own words behind the client.
 */
const said = (words: string) =>
  new RegExp(
    `^(?:\\*\\d{1,20} )?${words}, client: [0-9A-Fa-f:.]{2,64}, server: [^,]{0,255}(?:, request: "(?:(?<method>[A-Z]{1,20}) (?<url>\\S{1,8192}) HTTP/\\d(?:\\.\\d)?")?.*)?$`,
    's',
  );
const ERRORS: readonly HttpErrorForm[] = [
  {
    pattern: said(
      '(?:open|stat|lstat|opendir|openat|realpath)\\(\\) "(?<path>.*?)" (?:failed|is not found) \\(2: No such file or directory\\)',
    ),
    reason: 'not_found',
    status: 404,
  },
  {
    pattern: said(
      '(?:open|stat|lstat|opendir|openat)\\(\\) "(?<path>.*?)" failed \\(13: Permission denied\\)',
    ),
    reason: 'forbidden',
    status: 403,
  },
  {
    pattern: said(
      '(?:open|stat|lstat|opendir|openat)\\(\\) "(?<path>.*?)" failed \\(36: File name too long\\)',
    ),
    reason: 'uri_too_long',
  },
  {
    pattern: said('"(?<path>.*?)" is not found \\(2: No such file or directory\\)'),
    reason: 'not_found',
    status: 404,
  },
  { pattern: said('directory index of "(?<path>.*?)" is forbidden'), reason: 'forbidden', status: 403 },
  {
    pattern: said('client intended to send too large (?:chunked )?body(?:: \\d{1,20} bytes)?'),
    reason: 'body_too_large',
    status: 413,
  },
  { pattern: said('client sent too long URI.{0,80}?'), reason: 'uri_too_long', status: 414 },
  {
    pattern: said('client sent (?:invalid|too long|duplicate|no|more|HTTP/1).{0,200}?'),
    reason: 'invalid_request',
  },
  {
    pattern: said(
      'FastCGI sent in stderr: "(?:Primary script unknown|Unable to open primary script: (?<path>[^"]{1,1024}?) \\(No such file or directory\\))" while reading response header from upstream',
    ),
    reason: 'not_found',
    status: 404,
  },
];

/** Adds what the message means; the address is the caller's, which knows of more than one `, client: `. */
export function nginxErrorMeaning(message: string, event: Event): void {
  const address = event['source.address'];
  const bare = message.replace(/^\*\d{1,20} /, '');
  if (modsecurityMessage(bare, event)) return;
  // Paths and requests are unescaped: where the client is named twice, what stands before it may be forged too.
  const once = message.indexOf(CLIENT) === message.lastIndexOf(CLIENT);
  if (once && matchHttpErrors(ERRORS, message, event)) return;
  if (!matchForms(FORMS, message, event, 'nginx')) return;
  if (address === undefined) delete event['source.address'];
}
