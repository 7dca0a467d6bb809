import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';
import { parseOne } from '../syslog/messages/parse-one.ts';

const squid = (line: string) => eventsOf('squid', [line])[0];
const HAPROXY =
  '203.0.113.7:40022 [02/Jan/2024:03:04:05.123] web~ app/app1 0/0/1/2/3 404 1234 - - ---- 2/1/0/0/0 0/0 {example.org|curl} "GET /x?y HTTP/1.1"';

describe('Squid access log', () => {
  it('is a request with its client, account and origin', () => {
    expect(
      squid(
        '1704164645.123    345 203.0.113.7 TCP_MISS/200 1234 GET http://example.org/a bob HIER_DIRECT/198.51.100.4 text/html',
      ),
    ).toMatchObject({
      timeUs: 1_704_164_645_123_000,
      'event.action': 'http_request',
      'source.address': '203.0.113.7',
      'user.name': 'bob',
      'http.request.method': 'GET',
      'url.original': 'http://example.org/a',
      'http.response.status_code': 200,
      'destination.address': '198.51.100.4',
      'event.duration': 345_000_000,
    });
    expect(
      squid(
        '1704164645.123      0 203.0.113.7 TCP_DENIED/407 4000 CONNECT example.org:443 - HIER_NONE/- text/html',
      ),
    ).toMatchObject({
      'event.outcome': 'failure',
      'http.response.status_code': 407,
    });
  });

  it('is nothing where a blank was smuggled in', () => {
    expect(
      squid(
        '1704164645.123 345 203.0.113.7 TCP_MISS/200 1234 GET http://x/ a b HIER_DIRECT/1.1.1.1 text/html',
      ),
    ).toBeNull();
  });
});

describe('Nginx Proxy Manager access log', () => {
  const line =
    '[02/Jan/2024:03:04:05 +0000] - 404 404 - GET https example.org "/a" [Client 203.0.113.7] [Length 153] [Gzip -] [Sent-to 10.0.0.5] "curl/8.5.0" "-"';

  it('is a request with its client', () => {
    expect(eventsOf('nginx-proxy-manager', [line])[0]).toMatchObject({
      timeUs: 1_704_164_645_000_000,
      'source.address': '203.0.113.7',
      'url.original': '/a',
      'url.domain': 'example.org',
      'http.response.status_code': 404,
      'destination.address': '10.0.0.5',
      'user_agent.original': 'curl/8.5.0',
    });
  });

  it('keeps its client whatever address, agent and referrer say', () => {
    const own = '\\x22 [Client 6.6.6.6] [Length 1] [Gzip -] [Sent-to x] \\x22a\\x22';
    for (const hostile of [
      line.replace('/a', `/${own}`),
      line.replace('curl/8.5.0', own),
      line.replace('"-"', `"${own}"`),
    ]) {
      expect(eventsOf('nginx-proxy-manager', [hostile])[0]?.['source.address']).toBe('203.0.113.7');
    }
  });
});

describe('HAProxy http log', () => {
  it('is a request with its peer and backend', () => {
    const { format, event } = parseOne('haproxy[1]', HAPROXY);
    expect(format).toBe('haproxy');
    expect(event).toMatchObject({
      'event.action': 'http_request',
      'source.address': '203.0.113.7',
      'source.port': 40022,
      'http.request.method': 'GET',
      'url.original': '/x?y',
      'http.response.status_code': 404,
      'haproxy.backend': 'app',
      message: HAPROXY,
    });
  });

  it('says what never reached a server', () => {
    const refused = HAPROXY.replace('app/app1', 'app/<NOSRV>').replace(' 404 ', ' 401 ');
    expect(parseOne('haproxy[1]', refused).event).toMatchObject({
      'event.reason': 'no_server',
      'event.outcome': 'failure',
    });
    const bad = HAPROXY.replace(/\{.*$/, '"<BADREQ>"').replace(' 404 ', ' 400 ');
    expect(parseOne('haproxy[1]', bad).event).toMatchObject({
      'event.reason': 'malformed_request',
      'source.address': '203.0.113.7',
    });
  });

  it('keeps its peer whatever headers and request say', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(HAPROXY.replaceAll('203.0.113.7', '6.6.6.6'), '} "GET / HTTP/1.1', '"'),
        fc.string(),
        (a, b) => {
          const words = (a + b).replace(/[\r\n\0]/g, '');
          for (const line of [HAPROXY.replace('curl', words), HAPROXY.replace('/x?y', words)]) {
            expect(['203.0.113.7', undefined]).toContain(
              parseOne('haproxy[1]', line).event['source.address'],
            );
          }
        },
      ),
    );
  });
});

describe("a web server's lines in syslog", () => {
  it('are requests and errors as in its files', () => {
    const access = '203.0.113.7 - - [20/Nov/2025:10:00:00 +0000] "GET /x HTTP/1.1" 404 153 "-" "curl/8.5.0"';
    expect(parseOne('nginx', access)).toMatchObject({
      format: 'web-server',
      event: {
        'event.action': 'http_request',
        'source.address': '203.0.113.7',
        'url.original': '/x',
        'host.name': 'web1',
        message: access,
      },
    });
    const error =
      '2025/11/20 10:00:00 [error] 29#29: *7 user "bob": password mismatch, client: 203.0.113.7, server: _';
    expect(parseOne('nginx', error).event).toMatchObject({
      'event.action': 'service_login',
      'user.name': 'bob',
      'source.address': '203.0.113.7',
    });
    expect(parseOne('nginx', 'signal process started').format).toBe('syslog');
    expect(parseOne('app', access).format).toBe('syslog');
  });
});
