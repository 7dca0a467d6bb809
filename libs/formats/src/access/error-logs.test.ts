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
      'event.action': 'log_message',
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
});
