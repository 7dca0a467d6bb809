import type { Event } from '@suite/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syslogFormat } from './syslog-format.ts';

type Emitted = { ref: number; text: string; format: string; event: Event | null };

function parse(lines: readonly string[], parser = syslogFormat.create({ year: 2025 })): Emitted[] {
  const emitted: Emitted[] = [];
  lines.forEach((line, ref) => {
    parser.push(line, ref, (r, text, format, event) => emitted.push({ ref: r, text, format, event }));
  });
  return emitted;
}

const FAILED = 'Failed password for root from 203.0.113.9 port 4711 ssh2';
const at = (message: string, host = 'web1') => `Nov  2 10:00:00 ${host} ${message}`;

describe('the syslog format', () => {
  it('emits every line at once, under its own ref, as it was pushed', () => {
    const lines = [at(`sshd[1]: ${FAILED}`), 'no syslog', at('app: x')];
    const emitted = parse(lines);
    expect(emitted.map((e) => e.text)).toEqual(lines);
    expect(emitted.map((e) => e.ref)).toEqual([0, 1, 2]);
    expect(emitted.map((e) => e.format)).toEqual(['sshd', 'none', 'syslog']);
    expect(emitted[1]?.event).toBeNull();
    expect(emitted[2]?.event).toMatchObject({
      'event.action': 'log_message',
      'process.name': 'app',
      message: 'x',
    });
  });

  it('mixes framings line by line', () => {
    const emitted = parse([
      at(`sshd[1]: ${FAILED}`),
      `<38>1 2025-11-02T10:00:00Z web1 sshd 1 - - ${FAILED}`,
      `2025-11-02T10:00:00+00:00 web1 sshd[1]: ${FAILED}`,
    ]);
    for (const { format, event } of emitted) {
      expect(format).toBe('sshd');
      expect(event).toMatchObject({
        'source.address': '203.0.113.9',
        'host.name': 'web1',
        timeUs: Date.UTC(2025, 10, 2, 10) * 1000,
      });
    }
  });

  it('ignores CR and NUL around a line', () => {
    const [crlf, nul] = parse([`${at(`sshd[1]: ${FAILED}`)}\r`, `\0\0\0${at(`sshd[1]: ${FAILED}`)}\0`]);
    expect(crlf?.event).toMatchObject({ 'source.port': 4711 });
    expect(nul?.event).toMatchObject({ 'source.port': 4711 });
  });

  it('keeps escapes in the message as they were logged', () => {
    const message = 'Invalid user a#012b\u001b[31m\u001b[2J from 203.0.113.9 port 4711';
    const [first] = parse([at(`sshd[1]: ${message}`)]);
    expect(first?.event).toMatchObject({
      message,
      'user.name': 'a#012b\u001b[31m\u001b[2J',
      'source.address': '203.0.113.9',
    });
  });

  it('has no time where nothing tells the year', () => {
    const [first] = parse([at('app: x')], syslogFormat.create({}));
    expect(first?.event).not.toHaveProperty('timeUs');
  });
});

describe('repeated messages', () => {
  it('mean what they quote, so many times', () => {
    const [event] = parse([at(`sshd[1]: message repeated 5 times: [ ${FAILED}]`)]);
    expect(event?.format).toBe('sshd');
    expect(event?.event).toMatchObject({
      'event.action': 'ssh_login',
      'event.count': 5,
      'source.address': '203.0.113.9',
      message: `message repeated 5 times: [ ${FAILED}]`,
    });
  });

  it('mean the line before from the same host', () => {
    const emitted = parse([
      at(`sshd[1]: ${FAILED}`),
      at('app: y', 'web2'),
      'Nov  2 10:00:30 web1 last message repeated 3 times',
    ]);
    expect(emitted[2]?.format).toBe('sshd');
    expect(emitted[2]?.event).toMatchObject({
      'event.action': 'ssh_login',
      'event.count': 3,
      'source.address': '203.0.113.9',
      'user.name': 'root',
      timeUs: Date.UTC(2025, 10, 2, 10, 0, 30) * 1000,
      message: 'last message repeated 3 times',
    });
  });

  it('mean nothing where the line before is of another program or unknown', () => {
    const emitted = parse([
      at('last message repeated 3 times', 'web9'),
      at(`sshd[1]: ${FAILED}`),
      at('cron[2]: last message repeated 3 times'),
    ]);
    expect(emitted[0]?.event).toMatchObject({ 'event.action': 'log_message', 'event.count': 3 });
    expect(emitted[2]?.event).toMatchObject({ 'event.action': 'log_message' });
    expect(emitted[2]?.event).not.toHaveProperty('source.address');
  });

  it('are understood after a restart', () => {
    const before = syslogFormat.create({ year: 2025 });
    parse([at(`sshd[1]: ${FAILED}`)], before);
    const state = JSON.parse(JSON.stringify(before.snapshot()));
    const [event] = parse([at('last message repeated 2 times')], syslogFormat.create({ year: 1999 }, state));
    expect(event?.event).toMatchObject({
      'event.action': 'ssh_login',
      'event.count': 2,
      timeUs: Date.UTC(2025, 10, 2, 10) * 1000,
    });
  });

  it('keep the state small, whatever was logged', () => {
    const parser = syslogFormat.create({ year: 2025 });
    const lines = Array.from({ length: 2000 }, (_, n) =>
      at(`app: ${'x'.repeat(n % 2 === 0 ? 100_000 : 10)}`, `h${n}`),
    );
    parse(lines, parser);
    expect(JSON.stringify(parser.snapshot()).length).toBeLessThan(200_000);
  });

  it('do not let a user name pretend one', () => {
    const [event] = parse([
      at('sshd[1]: Invalid user message repeated 9 times: [ x] from 203.0.113.9 port 1'),
    ]);
    expect(event?.event).not.toHaveProperty('event.count');
  });
});

describe('a restart', () => {
  const stamp = fc.constantFrom(
    'Dec 31 23:59:58',
    'Jan  1 00:00:01',
    'Dec 31 23:59:59',
    'Jan  2 00:00:00',
    'Feb 29 01:00:00',
    'Mar  1 00:00:00',
  );
  const message = fc.constantFrom(
    `sshd[1]: ${FAILED}`,
    'last message repeated 2 times',
    'sshd[1]: last message repeated 3 times',
    'app: x',
    'no tag',
    `sshd[1]: message repeated 2 times: [ ${FAILED}]`,
    'su: (to root) pi on pts/0',
  );
  const line = fc.oneof(
    fc.tuple(stamp, fc.constantFrom('web1', 'web2'), message).map((parts) => parts.join(' ')),
    fc.constantFrom('', 'no syslog', '<34>1 - h sshd 1 - - x'),
  );

  it('at any line makes no difference', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.nat(30), (lines, at) => {
        const whole = parse(lines).map(({ text, format, event }) => ({ text, format, event }));
        const first = syslogFormat.create({ year: 2025 });
        const before = parse(lines.slice(0, at), first);
        const state = JSON.parse(JSON.stringify(first.snapshot()));
        const after = parse(lines.slice(at), syslogFormat.create({ year: 2025 }, state));
        expect([...before, ...after].map(({ text, format, event }) => ({ text, format, event }))).toEqual(
          whole,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('detection', () => {
  it('is sure of syslog and of nothing else', () => {
    expect(syslogFormat.confidence([at(`sshd[1]: ${FAILED}`), at('app: x')], {})).toBe(1);
    expect(syslogFormat.confidence([], {})).toBe(0);
    for (const line of [
      '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326',
      '{"log":"x"}',
      '#1700000000',
      'ls -la',
      '2025-11-02T10:20:30Z INFO server: started',
      '2025/11/02 10:20:30 [error] 1#1: x',
      '[Sun Nov 02 10:20:30.123 2025] [core:notice] x',
    ]) {
      expect(syslogFormat.confidence([line], {}), line).toBe(0);
    }
  });
});
