import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';
import { detectFormat } from '../index.ts';

const event = (line: string) => eventsOf('nginx', [line])[0];
const TIME = '[02/Jan/2024:03:04:05 +0100]';
const TIME_US = 1_704_161_045_000_000;

describe('nginx and Apache access logs', () => {
  it('reads the combined format', () => {
    const line = `203.0.113.7 - alice ${TIME} "GET /a?b=c HTTP/1.1" 200 612 "https://example.org/" "Mozilla/5.0 (X11)"`;
    expect(event(line)).toEqual({
      timeUs: TIME_US,
      'event.category': 'web',
      'event.action': 'http_request',
      'event.outcome': 'success',
      'source.address': '203.0.113.7',
      'user.name': 'alice',
      'http.request.method': 'GET',
      'url.original': '/a?b=c',
      'http.version': '1.1',
      'http.response.status_code': 200,
      'http.response.body.size': 612,
      'http.request.referrer': 'https://example.org/',
      'user_agent.original': 'Mozilla/5.0 (X11)',
    });
    expect(event(`${line}\r`)).toEqual(event(line));
  });

  it('reads the common format, with - for what is not known', () => {
    const common = event(`::1 - - ${TIME} "GET / HTTP/1.0" 304 -`)!;
    expect(common['source.address']).toBe('::1');
    for (const absent of [
      'user.name',
      'http.response.body.size',
      'http.request.referrer',
      'user_agent.original',
    ]) {
      expect(common).not.toHaveProperty([absent]);
    }
  });

  it('reads a virtual host before the address', () => {
    const line = `example.org:443 2001:db8::7 - - ${TIME} "GET / HTTP/1.1" 200 1 "-" "-"`;
    expect(event(line)).toMatchObject({
      'source.address': '2001:db8::7',
      'url.domain': 'example.org',
      'destination.port': 443,
    });
  });

  it('keeps X-Forwarded-For apart from the peer', () => {
    const line = (list: string) => event(`10.0.0.2 - - ${TIME} "GET / HTTP/1.1" 200 1 "-" "-" "${list}"`)!;
    expect(line('198.51.100.4, 10.0.0.1')).toMatchObject({
      'source.address': '10.0.0.2',
      'client.forwarded': '198.51.100.4',
    });
    for (const none of ['-', 'unknown, 1.2.3.4', '0.005', '999.1.1.1']) {
      expect(line(none)).not.toHaveProperty(['client.forwarded']);
    }
  });

  it('undoes the escapes of both servers', () => {
    const line = `1.2.3.4 - - ${TIME} "GET /\\x22\\"\\\\\\xc3\\xbc\\xff HTTP/1.1" 200 1 "-" "a \\"b\\" \\x5C"`;
    expect(event(line)).toMatchObject({ 'url.original': '/""\\ü\xff', 'user_agent.original': 'a "b" \\' });
  });

  it('makes up no method or URL where the request is none', () => {
    const request = (text: string) => event(`1.2.3.4 - - ${TIME} "${text}" 400 0 "-" "-"`)!;
    for (const text of [
      '\\x16\\x03\\x01\\x00',
      'SSH-2.0-Go',
      'GET / HTTP/1.1.1',
      'get / HTTP/1.1',
      'GET  a b',
    ]) {
      expect(request(text)).toMatchObject({
        'event.reason': 'malformed_request',
        'event.outcome': 'failure',
      });
      expect(request(text)).not.toHaveProperty(['http.request.method']);
    }
    expect(request('\\x16\\x03').message).toBe('\x16\x03');
    for (const text of ['', '-']) expect(request(text)['event.reason']).toBe('empty_request');
    expect(request('GET /old')).toMatchObject({ 'url.original': '/old', 'http.version': '0.9' });
    expect(request('GET /a b HTTP/1.1')).toMatchObject({ 'url.original': '/a b' });
  });

  it('takes no part of a user name for the frame', () => {
    const user = `x [01/Jan/2020:00:00:00 +0000] \\x22GET /forged HTTP/1.1\\x22 200 1`;
    expect(event(`1.2.3.4 - ${user} ${TIME} "GET /real HTTP/1.1" 401 1 "-" "-"`)).toMatchObject({
      timeUs: TIME_US,
      'source.address': '1.2.3.4',
      'url.original': '/real',
      'http.response.status_code': 401,
    });
    expect(event(`1.2.3.4 - 9.9.9.9 - ${TIME} "GET / HTTP/1.1" 401 1`)).toMatchObject({
      'source.address': '1.2.3.4',
      'user.name': '9.9.9.9 -',
    });
  });

  it('makes no event of lines that break the frame', () => {
    for (const line of [
      '',
      `1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200`,
      `1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 2000 1`,
      `1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200 1x`,
      `1.2.3.4 - - ${TIME} "GET / HTTP/1.1`,
      '1.2.3.4 - - [30/Feb/2024:03:04:05 +0000] "GET / HTTP/1.1" 200 1',
      '1.2.3.4 - - [02/Foo/2024:03:04:05 +0000] "GET / HTTP/1.1" 200 1',
      `<b>1.2.3.4</b> - - ${TIME} "GET / HTTP/1.1" 200 1`,
      `a b 1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200 1`,
    ]) {
      expect(event(line), line).toBeNull();
    }
  });

  it('returns any request as it was sent, through the escapes of nginx', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (path) => {
        const escaped = path.replace(
          /["\\\0-\x1f\x7f]/g,
          (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
        );
        const line = `1.2.3.4 - - ${TIME} "GET /${escaped} HTTP/1.1" 200 1 "-" "-"`;
        expect(event(line)?.['url.original']).toBe(`/${path}`);
      }),
    );
  });

  it('names the server by path, then by Apache-only traits, else nginx', () => {
    const line = `1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200 1 "-" "-"`;
    const named = (text: string, path?: string) =>
      detectFormat([text], path === undefined ? {} : { path }).format?.name;
    expect(named(line)).toBe('nginx');
    expect(named(line, '/var/log/apache2/access.log')).toBe('apache');
    expect(named(line, '/var/log/nginx/access.log')).toBe('nginx');
    expect(named(`example.org:80 ${line}`)).toBe('apache');
    expect(named(`1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200 1`)).toBe('apache');
  });
});
