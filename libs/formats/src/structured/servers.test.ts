import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';

const A = '203.0.113.9';
const json = (record: object) => eventsOf('json', [JSON.stringify(record)])[0]!;
const failure = (service: string, user?: string) => ({
  'event.action': 'service_login',
  'event.outcome': 'failure',
  'service.name': service,
  'source.address': A,
  ...(user === undefined ? {} : { 'user.name': user }),
});

const RECORDS: Readonly<Record<string, (name: string) => object>> = {
  sftpgo: (username) => ({
    level: 'debug',
    time: '2024-01-02T03:04:05.123',
    sender: 'connection_failed',
    client_ip: A,
    username,
    login_type: 'password',
    protocol: 'SSH',
    error: 'invalid credentials',
  }),
  opensearch: (name) => ({
    audit_format_version: 4,
    audit_category: 'FAILED_LOGIN',
    audit_request_layer: 'REST',
    audit_request_effective_user: name,
    audit_request_remote_address: A,
    '@timestamp': '2024-01-02T03:04:05.123+00:00',
  }),
  samba: (clientAccount) => ({
    timestamp: '2024-01-02T03:04:05.123456+0000',
    type: 'Authentication',
    Authentication: {
      version: { major: 1, minor: 2 },
      status: 'NT_STATUS_WRONG_PASSWORD',
      remoteAddress: `ipv4:${A}:4711`,
      clientAccount,
    },
  }),
};

describe('records of servers', () => {
  it.each(Object.keys(RECORDS))(
    '%s: account, address and outcome stand in fields of their own',
    (service) => {
      expect(json(RECORDS[service]!('bob'))).toMatchObject(failure(service, 'bob'));
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.constantFrom('6.6.6.6', `","client_ip":"6.6.6.6`)), (name) => {
          expect(json(RECORDS[service]!(name))).toMatchObject(failure(service));
        }),
      );
    },
  );

  it('SFTPGo: who hangs up before a login is refused, not failed', () => {
    expect(json({ ...RECORDS.sftpgo!(''), login_type: 'no_auth_tried' })).toMatchObject({
      'event.action': 'service_refused',
      'event.reason': 'no_authentication',
      'source.address': A,
    });
  });

  it('Mattermost: the answer to a login', () => {
    const record = {
      timestamp: '2024-01-02 03:04:05.123 Z',
      level: 'error',
      msg: 'Enter a valid email or username and/or password.',
      path: '/api/v4/users/login',
      ip_addr: A,
      method: 'POST',
      err_where: 'login',
      http_code: 401,
    };
    expect(json(record)).toMatchObject(failure('mattermost'));
    expect(json({ ...record, path: '/api/v4/posts' })['event.action']).toBe('log_message');
  });

  it('Vault: the response, not the request', () => {
    const record = (type: string, more: object) => ({
      time: '2024-01-02T03:04:05.123Z',
      type,
      request: { id: 'x', operation: 'update', path: 'auth/userpass/login/bob', remote_address: A },
      ...more,
    });
    expect(json(record('response', { error: 'invalid username or password' }))).toMatchObject(
      failure('vault', 'bob'),
    );
    expect(json(record('response', { response: { auth: { client_token: 'hmac-sha256:x' } } }))).toMatchObject(
      {
        'event.outcome': 'success',
        'user.name': 'bob',
      },
    );
    expect(json(record('request', {}))['event.action']).toBe('log_message');
  });

  it('Kubernetes: the peer, not what the client says of itself', () => {
    const event = json({
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      auditID: 'x',
      verb: 'get',
      user: { username: 'system:anonymous' },
      sourceIPs: ['6.6.6.6', A],
      responseStatus: { code: 403 },
      stageTimestamp: '2024-01-02T03:04:05.123456Z',
    });
    expect(event).toMatchObject({
      timeUs: 1_704_164_645_123_456,
      'event.action': 'service_refused',
      'event.reason': 'forbidden',
      'source.address': A,
    });
  });

  it('Nextcloud: the throttle', () => {
    expect(
      json({
        reqId: 'x',
        level: 2,
        time: '2024-01-02T03:04:05+00:00',
        remoteAddr: A,
        app: 'core',
        message: `IP address throttled because it reached the attempts limit in the last 30 minutes [action: login, delay: 25000, ip: ${A}]`,
      }),
    ).toMatchObject({ 'event.action': 'service_refused', 'event.reason': 'rate_limit', 'source.address': A });
  });

  it('CrowdSec: its log in logfmt', () => {
    const line = `time="2024-01-02T03:04:05Z" level=info msg="(localhost/crowdsec) crowdsecurity/ssh-bf by ip ${A} (FR/1234) : 4h ban on Ip ${A}"`;
    expect(eventsOf('logfmt', [line])[0]).toMatchObject({ 'event.reason': 'banned', 'source.address': A });
  });
});
