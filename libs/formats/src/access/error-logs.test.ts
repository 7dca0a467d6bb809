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
    ['open() "/srv/x" failed (2: No such file or directory)', 'http_error', 'not_found', undefined],
    ['directory index of "/srv/" is forbidden', 'http_error', 'forbidden', undefined],
    ['client intended to send too large body: 10485761 bytes', 'http_error', 'body_too_large', undefined],
    [
      'client sent invalid host header while reading client request headers',
      'http_error',
      'invalid_request',
      undefined,
    ],
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
      'http_error',
      'invalid_request',
      undefined,
    ],
    [
      "[php:error] [pid 1:tid 2] [client 203.0.113.7:40022] script '/var/www/x.php' not found or unable to stat",
      'http_error',
      'not_found',
      undefined,
    ],
    [
      '[error] [client 203.0.113.7] File does not exist: /x/user bob not found: /y',
      'http_error',
      'not_found',
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

describe('requests that came to nothing', () => {
  it('says which file, which request and which status', () => {
    const tail = ', client: 203.0.113.7, server: _, request: "GET /.env HTTP/1.1", host: "example.org"';
    expect(nginx(`open() "/srv/.env" failed (2: No such file or directory)${tail}`)).toMatchObject({
      'event.action': 'http_error',
      'http.response.status_code': 404,
      'file.path': '/srv/.env',
      'http.request.method': 'GET',
      'url.original': '/.env',
      'source.address': '203.0.113.7',
    });
    const long = '[Tue Jan 02 03:04:05 2024] [core:error] [pid 1] [client 203.0.113.7:1] ';
    expect(apache(`${long}AH00128: File does not exist: /var/www/x, referer: http://y/`)).toMatchObject({
      'event.action': 'http_error',
      'http.response.status_code': 404,
      'file.path': '/var/www/x',
    });
    expect(apache(`${long}AH00565: request failed: URI too long (longer than 8190)`)).toMatchObject({
      'http.response.status_code': 414,
      'event.reason': 'uri_too_long',
    });
  });

  it('has no status where the path imitates the words around it', () => {
    const path = '/x" failed (2: No such file or directory), client: 6.6.6.6, server: y';
    const event = nginx(`open() "${path}" failed (13: Permission denied), client: 203.0.113.7, server: _`);
    expect(event['event.action']).toBe('log_message');
    expect(event).not.toHaveProperty(['source.address']);
  });
});

describe("ModSecurity's messages", () => {
  const said = (verdict: string, data = 'x') =>
    `ModSecurity: ${verdict}. Pattern match "(?i)union" at ARGS:q. [file "/etc/x.conf"] [line "66"] [id "942100"] [msg "SQL Injection Attack"] [data "${data}"] [severity "CRITICAL"] [hostname "example.org"] [uri "/"] [unique_id "a"]`;
  const line = (text: string) =>
    apache(
      `[Tue Jan 02 03:04:05 2024] [security2:error] [pid 1] [client 203.0.113.7:1] [client 203.0.113.7] ${text}`,
    );

  it('are alarms with the rule’s name, number and level', () => {
    expect(line(said('Access denied with code 403 (phase 2)'))).toMatchObject({
      'event.action': 'ids_alert',
      'event.reason': 'blocked',
      'rule.id': '942100',
      'rule.name': 'SQL Injection Attack',
      'rule.level': 'high',
      'source.address': '203.0.113.7',
      'service.name': 'modsecurity',
    });
    expect(line(said('Warning'))).toMatchObject({ 'event.reason': 'detected', 'event.outcome': 'unknown' });
    expect(
      nginx(
        `[client 203.0.113.7] ${said('Access denied with code 403 (phase 1)')}, client: 203.0.113.7, server: _`,
      ),
    ).toMatchObject({ 'event.action': 'ids_alert', 'rule.id': '942100', 'source.address': '203.0.113.7' });
  });

  it('believe no name that stands twice', () => {
    const event = line(said('Warning', '"] [id "1"] [severity "DEBUG"] [msg "harmless'));
    expect(event).toMatchObject({ 'event.action': 'ids_alert', 'rule.level': 'low' });
    expect(event).not.toHaveProperty(['rule.id']);
    expect(event).not.toHaveProperty(['rule.name']);
  });
});
