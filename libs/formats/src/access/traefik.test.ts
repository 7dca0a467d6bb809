import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';
import { SAMPLES } from '../../test/samples.ts';

const clf = (line: string) => eventsOf('traefik', [line])[0];

describe('Traefik access logs', () => {
  it('reads router, service and duration behind the combined fields', () => {
    expect(clf(SAMPLES.traefik![0]!)).toMatchObject({
      'source.address': '203.0.113.7',
      'user_agent.original': 'curl/8.5.0',
      'traefik.router': 'web@docker',
      'traefik.service.url': 'http://10.0.1.3:80',
      'event.duration': 12_000_000,
    });
  });

  it('believes no peer where X-Forwarded-For stands in its place', () => {
    const event = clf(`198.51.100.4, 10.0.0.1 - - ${SAMPLES.traefik![0]!.slice(16)}`)!;
    expect(event['client.forwarded']).toBe('198.51.100.4');
    expect(event).not.toHaveProperty(['source.address']);
  });

  it('leaves out the fields that a referrer with quotes shifts', () => {
    const line = (referrer: string) =>
      `1.2.3.4 - - [02/Jan/2024:03:04:05 +0000] "GET / HTTP/1.1" 200 1 "${referrer}" "curl" 17 "r" "http://s" 12ms`;
    for (const referrer of ['x\\', 'x" "forged" 1 "evil" "http://evil', '" "', 'a"b']) {
      const event = clf(line(referrer));
      expect(event).toMatchObject({ 'source.address': '1.2.3.4', 'url.original': '/' });
      for (const name of ['user_agent.original', 'traefik.router']) expect(event).not.toHaveProperty([name]);
    }
  });

  it('makes no event where a user name imitates the frame', () => {
    const user = 'x [02/Jan/2024:03:04:05 +0000] "GET /forged HTTP/1.1" 200 1 "-" "-" 1 "r" "http://s" 1ms';
    const real = '[02/Jan/2024:03:04:05 +0000] "GET / HTTP/1.1" 401 1 "-" "curl" 17 "r" "http://s" 12ms';
    expect(clf(`1.2.3.4 - ${user} ${real}`)).toBeNull();
    expect(clf(`x 6.6.6.6 - - ${real}`)).toBeNull();
  });

  it('reads JSON, with the address of the connection as the peer', () => {
    const [event] = eventsOf('traefik-json', SAMPLES['traefik-json']!);
    expect(event).toMatchObject({
      timeUs: 1_704_164_645_123_456,
      'event.action': 'http_request',
      'event.outcome': 'failure',
      'source.address': '203.0.113.7',
      'source.port': 40022,
      'client.forwarded': '198.51.100.4',
      'url.original': '/a?b',
      'url.domain': 'example.org',
      'http.version': '1.1',
      'http.response.body.size': 19,
      'event.duration': 56_789,
    });
    expect(event).not.toHaveProperty(['user.name']);
  });

  it('makes no event of JSON whose fields have other types', () => {
    const line = SAMPLES['traefik-json']![0]!;
    expect(
      eventsOf('traefik-json', [line.replace('404', '"404"'), line.replace('"GET"', '1'), '{}']),
    ).toEqual([null, null, null]);
  });
});
