import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';

const nginx = (message: string) =>
  eventsOf('nginx-error', [`2024/01/02 03:04:05 [error] 29#29: *7 ${message}`])[0]!;
const apache = (line: string, options = {}) => eventsOf('apache-error', [line], options)[0];

describe('nginx error log', () => {
  it('gives level, process and the peer', () => {
    expect(
      nginx('access forbidden by rule, client: 203.0.113.7, server: _, request: "GET / HTTP/1.1"'),
    ).toMatchObject({
      timeUs: 1_704_164_645_000_000,
      'event.action': 'service_refused',
      'event.reason': 'forbidden',
      'log.syslog.severity.code': 3,
      'process.name': 'nginx',
      'process.pid': 29,
      'source.address': '203.0.113.7',
    });
  });

  it('believes no peer where the path or the request names another', () => {
    for (const message of [
      'open() "/srv/, client: 6.6.6.6, server: x" failed, client: 203.0.113.7, server: _',
      'open() "/x" failed, client: 203.0.113.7, server: _, request: "GET /, client: 6.6.6.6, HTTP/1.1"',
      'open() "/x" failed, client: unix:, server: _',
      'open() "/x" failed',
    ]) {
      expect(nginx(message)).not.toHaveProperty(['source.address']);
    }
  });
});

describe("nginx's word on who was let in", () => {
  const tail = ', client: 203.0.113.7, server: _, request: "GET / HTTP/1.1", host: "example.org"';

  it.each([
    ['user "bob" was not found in "/etc/nginx/.htpasswd"', 'service_login', 'invalid_user', 'bob'],
    ['user "bob": password mismatch', 'service_login', 'password_mismatch', 'bob'],
    ['limiting requests, excess: 10.120 by zone "login"', 'service_refused', 'rate_limit', undefined],
    ['limiting connections by zone "addr"', 'service_refused', 'connection_limit', undefined],
    [
      'client sent plain HTTP request to HTTPS port while reading client request headers',
      'service_refused',
      'bad_protocol',
      undefined,
    ],
    [
      'SSL_do_handshake() failed (SSL: error:0A00006C:SSL routines::bad key share) while SSL handshaking',
      'service_refused',
      'tls_handshake',
      undefined,
    ],
    ['open() "/srv/x" failed (2: No such file or directory)', 'log_message', undefined, undefined],
    ['no user/password was provided for basic authentication', 'log_message', undefined, undefined],
  ])('%s', (message, action, reason, user) => {
    const event = nginx(message + tail);
    expect(event!['event.action']).toBe(action);
    expect(event!['event.reason']).toBe(reason);
    expect(event!['user.name']).toBe(user);
    expect(event!['source.address']).toBe('203.0.113.7');
  });

  it('believes no name and no peer that imitate it', () => {
    const event = nginx(
      `user "a" was not found in "/x", client: 6.6.6.6, server: _" was not found in "/etc/x"${tail}`,
    );
    expect(event).not.toHaveProperty(['source.address']);
    expect(event).not.toHaveProperty(['user.name']);
    expect(nginx(`open() "/x/user "bob": password mismatch" failed${tail}`)!['event.action']).toBe(
      'log_message',
    );
  });
});

describe('Apache error log', () => {
  it('reads 2.4 and 2.2', () => {
    const now =
      '[Tue Jan 02 03:04:05.123456 2024] [core:warn] [pid 357:tid 432] (13)Permission denied: [client [2001:db8::7]:40022] AH00035: access denied';
    expect(apache(now)).toMatchObject({
      timeUs: 1_704_164_645_123_456,
      'apache.module': 'core',
      'log.syslog.severity.code': 4,
      'process.pid': 357,
      message: expect.stringMatching(/AH00035: access denied$/),
    });
    const v4 = apache('[Tue Jan 02 03:04:05 2024] [:error] [pid 1] [client 203.0.113.7:40022] \\xc3\\xbc');
    expect(v4).toMatchObject({ 'source.address': '203.0.113.7', 'source.port': 40022, message: 'ü' });
    const old = '[Tue Jan 02 03:04:05 2024] [error] [client 203.0.113.7] File does not exist: /x';
    expect(apache(old, { utcOffsetMinutes: 60 })).toMatchObject({
      timeUs: 1_704_161_045_000_000,
      'source.address': '203.0.113.7',
      message: 'File does not exist: /x',
    });
  });

  it('takes no peer out of the message', () => {
    const line = '[Tue Jan 02 03:04:05 2024] [core:error] [pid 1] AH1: said [client 6.6.6.6:1] hello';
    expect(apache(line)).not.toHaveProperty(['source.address']);
  });

  it.each([
    [
      '[auth_basic:error] [pid 1] [client 203.0.113.7:40022] AH01618: user bob not found: /secret/',
      'service_login',
      'invalid_user',
      'bob',
    ],
    [
      '[auth_basic:error] [pid 1:tid 2] [client 203.0.113.7:40022] AH01617: user bob: authentication failure for "/secret/": Password Mismatch',
      'service_login',
      'password_mismatch',
      'bob',
    ],
    [
      '[error] [client 203.0.113.7] user bob: authentication failure for "/secret/": Password Mismatch, referer: http://x/',
      'service_login',
      'password_mismatch',
      'bob',
    ],
    [
      "[auth_digest:error] [pid 1:tid 2] [client 203.0.113.7:40022] AH01790: user `bob' in realm `x' not found: /secret/",
      'service_login',
      'invalid_user',
      'bob',
    ],
    [
      "[auth_digest:error] [pid 1:tid 2] [client 203.0.113.7:40022] AH01792: user `bob': password mismatch: /secret/",
      'service_login',
      'password_mismatch',
      'bob',
    ],
    [
      '[authz_core:error] [pid 1:tid 2] [client 203.0.113.7:40022] AH01630: client denied by server configuration: /var/www/.ht',
      'service_refused',
      'forbidden',
      undefined,
    ],
    [
      '[core:error] [pid 1:tid 2] [client 203.0.113.7:40022] AH00126: Invalid URI in request GET /../.. HTTP/1.1',
      'service_refused',
      'invalid_request',
      undefined,
    ],
    [
      "[php:error] [pid 1:tid 2] [client 203.0.113.7:40022] script '/var/www/x.php' not found or unable to stat",
      'service_refused',
      'script_not_found',
      undefined,
    ],
    [
      '[error] [client 203.0.113.7] File does not exist: /x/user bob not found: /y',
      'log_message',
      undefined,
      undefined,
    ],
  ])('knows who was let in: %s', (rest, action, reason, user) => {
    const event = apache(`[Tue Jan 02 03:04:05 2024] ${rest}`);
    expect(event!['event.action']).toBe(action);
    expect(event!['event.reason']).toBe(reason);
    expect(event!['user.name']).toBe(user);
    expect(event!['source.address']).toBe('203.0.113.7');
  });
});
