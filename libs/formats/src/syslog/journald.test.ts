import type { Event } from '@suite/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journaldFormat } from './journald.ts';

const MESSAGE = 'Failed password for root from 203.0.113.9 port 4711 ssh2';
const ENTRY = {
  __CURSOR: 's=1',
  __REALTIME_TIMESTAMP: '1762077600123456',
  _HOSTNAME: 'web1',
  SYSLOG_IDENTIFIER: 'sshd',
  _PID: '99',
  PRIORITY: '6',
  SYSLOG_FACILITY: '4',
  _SYSTEMD_UNIT: 'ssh.service',
  MESSAGE,
};

function parse(line: string): { format: string; event: Event | null } {
  let result: { format: string; event: Event | null } = { format: '', event: null };
  journaldFormat.create({}).push(line, 0, (_ref, _text, format, event) => {
    result = { format, event };
  });
  return result;
}

describe('journalctl -o json', () => {
  it('is read like the same line of syslog', () => {
    const { format, event } = parse(JSON.stringify(ENTRY));
    expect(format).toBe('sshd');
    expect(event).toMatchObject({
      timeUs: 1762077600123456,
      'host.name': 'web1',
      'process.name': 'sshd',
      'process.pid': 99,
      message: MESSAGE,
      'log.syslog.severity.code': 6,
      'log.syslog.facility.code': 4,
      'service.name': 'ssh.service',
      'source.address': '203.0.113.9',
    });
  });

  it('reads a message that is an array of bytes', () => {
    const { event } = parse(JSON.stringify({ ...ENTRY, MESSAGE: [...Buffer.from(MESSAGE)] }));
    expect(event).toMatchObject({ 'event.action': 'ssh_login', message: MESSAGE });
  });

  it('reads a field that was given several times', () => {
    const { event } = parse(
      JSON.stringify({ ...ENTRY, MESSAGE: [[...Buffer.from('a')], 'b'], _PID: ['1', '2'] }),
    );
    expect(event).toMatchObject({ message: 'a', 'process.pid': 1 });
  });

  it('falls back to the name of the process and to an empty message', () => {
    const { SYSLOG_IDENTIFIER: _, ...rest } = ENTRY;
    const { format, event } = parse(JSON.stringify({ ...rest, _COMM: 'app', MESSAGE: null }));
    expect(format).toBe('journald');
    expect(event).toMatchObject({ 'process.name': 'app', message: '', 'event.action': 'log_message' });
  });

  it.each([
    '',
    '{',
    '[]',
    'null',
    '{"a":1}',
    '{"log":"x","stream":"stdout","time":"2025-11-02T10:20:30Z"}',
    'Nov  2 10:00:00 h x: y',
  ])('leaves %j alone', (line) => {
    expect(parse(line)).toEqual({ format: 'none', event: null });
    expect(journaldFormat.confidence([line], {})).toBe(0);
  });

  it('is sure of itself', () => {
    expect(journaldFormat.confidence([JSON.stringify(ENTRY)], {})).toBe(1);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(ENTRY)), fc.jsonValue()), (fields) => {
        parse(JSON.stringify({ __CURSOR: 'x', ...fields }));
      }),
    );
  });
});
