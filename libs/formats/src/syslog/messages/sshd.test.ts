import { describe, expect, it } from 'vitest';
import { SSHD_LINES } from './fixtures/sshd-lines.ts';
import { parseOne } from './parse-one.ts';

describe('sshd', () => {
  for (const [family, lines] of Object.entries(SSHD_LINES)) {
    describe(family, () => {
      it.each(lines)('%s', (message, expected) => {
        const { format, event } = parseOne('sshd[99]', message);
        if (expected['event.action'] !== 'log_message') expect(format).toBe('sshd');
        for (const [key, value] of Object.entries(expected)) expect(event[key], key).toBe(value);
        expect(event.message).toBe(message);
      });
    });
  }

  it.each(['sshd-session[5]', 'sshd-auth[5]', '/usr/sbin/sshd[5]'])('knows %s as sshd', (tag) => {
    expect(parseOne(tag, 'Failed password for root from 203.0.113.9 port 4711 ssh2').format).toBe('sshd');
  });

  it.each([
    'debug1: Forked child 99.',
    'Failed to do something for root from the start',
    'Failed password for root from nowhere port 22 ssh2',
    'Accepted connection',
    'Set /proc/self/oom_score_adj to 0',
    'Connection closed by h4x0r',
    'Connection closed by invalid user x 6.6.6.6',
    'Invalid user bob',
    'Received disconnect from nowhere: 11: x',
    '',
    'sshd',
  ])('vouches for nothing but the frame: %s', (message) => {
    const { format, event } = parseOne('sshd[99]', message);
    expect(format).toBe('syslog');
    expect(event['event.action']).toBe('log_message');
    expect(event['source.address']).toBeUndefined();
    expect(event['user.name']).toBeUndefined();
  });
});
