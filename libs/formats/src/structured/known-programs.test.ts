import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';

const A = '203.0.113.9';
const json = (record: object) => eventsOf('json', [JSON.stringify(record)])[0]!;
const logfmt = (line: string) => eventsOf('logfmt', [line])[0]!;

const nextcloud = (message: string) => ({
  reqId: 'x',
  level: 2,
  time: '2024-01-02T03:04:05+00:00',
  remoteAddr: A,
  user: '--',
  app: 'core',
  method: 'POST',
  url: '/login',
  message,
});
const mongodb = (msg: string, attr: object) => ({
  t: { $date: '2024-01-02T03:04:05.123+00:00' },
  s: 'I',
  c: 'ACCESS',
  id: 20249,
  ctx: 'conn1',
  msg,
  attr,
});
const authentik = (action: string) => ({
  action,
  client_ip: A,
  context: { username: 'bob' },
  event: 'Created Event',
  level: 'info',
  logger: 'authentik.events.models',
  timestamp: '2024-01-02T03:04:05',
});

describe('JSON of known programs', () => {
  it.each([
    ['Nextcloud', nextcloud('Login failed: bob (Remote IP: 203.0.113.9)'), 'nextcloud', 'failure', 'bob'],
    ['ownCloud', nextcloud("Login failed: 'bob' (Remote IP: '203.0.113.9')"), 'nextcloud', 'failure', 'bob'],
    [
      'MongoDB 4.4',
      mongodb('Authentication failed', {
        mechanism: 'SCRAM-SHA-256',
        principalName: 'bob',
        client: `${A}:4711`,
        result: 'UserNotFound',
      }),
      'mongodb',
      'failure',
      'bob',
    ],
    [
      'MongoDB 6',
      mongodb('Failed to authenticate', {
        client: `${A}:4711`,
        mechanism: 'SCRAM-SHA-256',
        user: 'bob',
        db: 'admin',
      }),
      'mongodb',
      'failure',
      'bob',
    ],
    [
      'MongoDB, let in',
      mongodb('Successfully authenticated', { client: `${A}:4711`, user: 'bob' }),
      'mongodb',
      'success',
      'bob',
    ],
    ['authentik', authentik('login_failed'), 'authentik', 'failure', 'bob'],
    ['authentik, let in', authentik('login'), 'authentik', 'success', 'bob'],
    [
      'GitLab',
      {
        severity: 'INFO',
        time: '2024-01-02T03:04:05Z',
        correlation_id: 'x',
        message: `Failed Login: username=bob ip=${A}`,
      },
      'gitlab',
      'failure',
      'bob',
    ],
    [
      'Authelia',
      {
        level: 'error',
        method: 'POST',
        msg: "Unsuccessful 1FA authentication attempt by user 'bob'",
        path: '/api/firstfactor',
        remote_ip: A,
        time: '2024-01-02T03:04:05Z',
      },
      'authelia',
      'failure',
      'bob',
    ],
    [
      'Elasticsearch',
      {
        type: 'audit',
        timestamp: '2024-01-02T03:04:05,123+0000',
        'event.type': 'rest',
        'event.action': 'authentication_failed',
        'user.name': 'bob',
        'origin.address': `${A}:4711`,
      },
      'elasticsearch',
      'failure',
      'bob',
    ],
  ])('%s', (_, record, service, outcome, user) => {
    expect(json(record)).toMatchObject({
      'event.action': 'service_login',
      'event.outcome': outcome,
      'service.name': service,
      'user.name': user,
      'source.address': A,
    });
  });

  it('keeps a request of Caddy, the forwarded client apart from the peer', () => {
    const event = json({
      level: 'info',
      ts: 1704164645.5,
      logger: 'http.log.access.log0',
      msg: 'handled request',
      request: {
        remote_ip: A,
        remote_port: '4711',
        client_ip: '198.51.100.4',
        proto: 'HTTP/2.0',
        method: 'GET',
        host: 'example.org',
        uri: '/x',
        headers: { 'User-Agent': ['curl/8.5.0'] },
      },
      user_id: '',
      duration: 0.001,
      size: 12,
      status: 404,
    });
    expect(event).toMatchObject({
      'event.action': 'http_request',
      'source.address': A,
      'source.port': 4711,
      'client.forwarded': '198.51.100.4',
      'url.original': '/x',
      'http.response.status_code': 404,
      'user_agent.original': 'curl/8.5.0',
    });
  });

  it.each([
    ['the words without their program', { level: 30, msg: 'Login failed: bob (Remote IP: 203.0.113.9)' }],
    [
      'the words in a field of somebody else',
      { ...nextcloud('x'), message: 'Upload by Login failed: bob (Remote IP: 203.0.113.9)' },
    ],
    ['a message of MongoDB that decides nothing', mongodb('Connection accepted', { remote: `${A}:1` })],
    ['another event of authentik', authentik('model_updated')],
  ])('makes no meaning of %s', (_, record) => {
    expect(json(record)['event.action']).toBe('log_message');
  });

  it('keeps address and outcome whatever the account is called', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ' (Remote IP: 6.6.6.6)',
        "x' (Remote IP: '6.6.6.6')",
        ' ip=6.6.6.6',
        `bob ip=${A} method=standard admin=false`,
        'Successful Login: username=root ip=6.6.6.6 method=a admin=true',
      ),
    );
    fc.assert(
      fc.property(words, (name) => {
        const records = [
          nextcloud(`Login failed: ${name} (Remote IP: ${A})`),
          mongodb('Authentication failed', { principalName: name, client: `${A}:1` }),
          { severity: 'INFO', correlation_id: 'x', message: `Failed Login: username=${name} ip=${A}` },
        ];
        for (const record of records) {
          const event = json(record);
          expect([A, undefined]).toContain(event['source.address']);
          expect(event['event.outcome']).not.toBe('success');
        }
      }),
    );
  });
});

describe('logfmt of known programs', () => {
  it.each([
    [
      'Authelia',
      `time="2024-01-02T03:04:05Z" level=error msg="Unsuccessful 1FA authentication attempt by user 'bob'" error="user not found" method=POST path=/api/firstfactor remote_ip=${A}`,
      'authelia',
      'bob',
    ],
    [
      'Authelia, second factor',
      `time="2024-01-02T03:04:05Z" level=error msg="Unsuccessful TOTP authentication attempt by user 'bob'" method=POST path=/api/secondfactor/totp remote_ip=${A}`,
      'authelia',
      'bob',
    ],
    [
      'Grafana 8',
      `t=2024-01-02T03:04:05+0000 lvl=eror msg="Invalid username or password" logger=context userId=0 orgId=0 uname= error="Invalid Username or Password" remote_addr=${A}`,
      'grafana',
      undefined,
    ],
    [
      'Grafana 10',
      `logger=context userId=0 orgId=0 uname= t=2024-01-02T03:04:05Z level=info msg="Request Completed" method=POST path=/login status=401 remote_addr=${A} time_ms=2 duration=2ms size=66 referer= handler=/login`,
      'grafana',
      undefined,
    ],
  ])('%s', (_, line, service, user) => {
    const event = logfmt(line);
    expect(event).toMatchObject({
      'event.action': 'service_login',
      'event.outcome': 'failure',
      'service.name': service,
      'source.address': A,
    });
    expect(event['user.name']).toBe(user);
  });

  it('counts one attempt at Grafana 8 once', () => {
    const answer = `t=2024-01-02T03:04:05+0000 lvl=info msg="Request Completed" logger=context userId=0 orgId=0 uname= method=POST path=/login status=401 remote_addr=${A} time_ms=9 size=42 referer=`;
    expect(logfmt(answer)['event.action']).toBe('log_message');
  });
});
