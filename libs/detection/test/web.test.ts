import { describe, expect, it } from 'vitest';
import { detect, Lines, rulesOf } from './lines.ts';

function request(
  lines: Lines,
  path: string,
  status: number,
  more: Record<string, string> = {},
  method = 'GET',
) {
  return lines.add({
    'event.action': 'http_request',
    'http.request.method': method,
    'http.response.status_code': status,
    'url.original': path,
    'source.address': '203.0.113.9',
    ...more,
  });
}

function scan(more: Record<string, string>, pages = 14): Lines {
  const lines = new Lines();
  for (let i = 0; i < pages; i++) request(lines, `/page${i}/`, 404, more).wait(1);
  return lines;
}

const loud = (lines: Lines) => rulesOf(detect(lines).filter((d) => d.level !== 'low'));

describe('whom a scan is blamed on', () => {
  it('is the peer that connects directly, whatever it forwards', () => {
    const [found] = detect(scan({ 'client.forwarded': '198.51.100.77' }));
    expect(found!.entities['source.address']).toBe('203.0.113.9');
  });

  it('is the forwarded client where the peer is a trusted proxy', () => {
    const [found] = detect(scan({ 'source.address': '172.18.0.5', 'client.forwarded': '198.51.100.77' }));
    expect(found!.entities['source.address']).toBe('198.51.100.77');
  });

  it('is the last of a forwarded list that is no proxy, not the first, which a client makes up', () => {
    const [found] = detect(
      scan({
        'source.address': '172.18.0.5',
        'client.forwarded': '192.0.2.66',
        'client.forwarded_chain': '192.0.2.66, 198.51.100.77, 10.0.0.4',
      }),
    );
    expect(found!.entities['source.address']).toBe('198.51.100.77');
  });

  it.each(['10.0.0.2', '172.17.0.1', '::ffff:10.0.0.2'])('is never the gateway %s', (gateway) => {
    expect(detect(scan({ 'source.address': gateway }))).toEqual([]);
    const [found] = detect(scan({ 'source.address': gateway, 'traefik.router': 'web@docker' }, 130));
    expect(found!.entities).not.toHaveProperty(['source.address']);
    expect(found!.entities['url.domain']).toBe('web@docker');
    expect(found!.reason).toContain('only a gateway’s');
  });

  it('is nobody on the list of allowed addresses, also behind a proxy', () => {
    const behind = scan({ 'source.address': '10.0.0.2', 'client.forwarded': '198.51.100.77' });
    expect(detect(behind, { allow: ['198.51.100.0/24'] })).toEqual([]);
  });
});

describe('everyday web traffic', () => {
  it('may lack pages among many that are there', () => {
    const lines = new Lines();
    for (let i = 0; i < 400; i++) request(lines, `/post/${i}`, i % 10 === 0 ? 404 : 200).wait(2);
    expect(detect(lines)).toEqual([]);
  });

  it('has clients with old passwords: low where they were at home before', () => {
    const lines = new Lines();
    for (let i = 0; i < 40; i++) request(lines, '/remote.php/dav/', 207, {}, 'PROPFIND').wait(60);
    lines.wait(3600);
    for (let i = 0; i < 500; i++) request(lines, '/remote.php/dav/', 401, {}, 'PROPFIND').wait(20);
    expect(loud(lines)).toEqual([]);
  });

  it('has first synchronisations of large folders', () => {
    const lines = new Lines();
    for (let i = 0; i < 6000; i++) request(lines, `/dav/${i}`, 201, {}, 'PUT').wait(0.04);
    expect(detect(lines)).toEqual([]);
  });

  it('has answers of 200 to many logins of many people', () => {
    const lines = new Lines();
    for (let i = 0; i < 60; i++)
      request(lines, '/api/login', 200, { 'source.address': `192.0.2.${i}` }, 'POST').wait(1);
    expect(detect(lines)).toEqual([]);
  });
});

describe('web floods', () => {
  it('are judged against the busiest minute on record', () => {
    const lines = new Lines();
    for (let minute = 0; minute < 3; minute++) {
      for (let i = 0; i < 2000; i++) request(lines, '/api', 200).wait(0.02);
      lines.wait(60);
    }
    for (let i = 0; i < 5000; i++)
      request(lines, '/api', 200, { 'source.address': '198.51.100.1' }).wait(0.01);
    expect(detect(lines)).toEqual([]);
    for (let i = 0; i < 7000; i++)
      request(lines, '/api', 200, { 'source.address': '198.51.100.2' }).wait(0.001);
    expect(loud(lines)).toEqual(['web-request-flood']);
  });

  it('finds passwords that are stuffed into a login', () => {
    const lines = new Lines();
    for (let i = 0; i < 25; i++) request(lines, '/api/login', 401, {}, 'POST').wait(1);
    expect(loud(lines)).toEqual(['web-login-flood']);
  });
});
