import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../test/parse-all.ts';
import { detectFormat } from '../index.ts';

const event = (line: string) => eventsOf('logfmt', [line])[0];

describe('logfmt', () => {
  it('reads time, level and message, and keeps the rest under its own prefix', () => {
    expect(
      event('time="2024-01-02T03:04:05.5Z" level=warning msg="a \\"b\\" c" user.name=root n=12 empty='),
    ).toEqual({
      timeUs: 1_704_164_645_500_000,
      'event.action': 'log_message',
      'log.syslog.severity.code': 4,
      message: 'a "b" c',
      'logfmt.user.name': 'root',
      'logfmt.n': 12,
      'logfmt.empty': '',
    });
  });

  it('makes no event of a line that holds anything else', () => {
    for (const line of [
      '',
      'a=1',
      'hello a=1 b=2',
      'a=1 b',
      'a="1 b=2',
      'a="1"x b=2',
      '=1 b=2',
      'a b=1 c=2',
      '[x]=1 y=2',
    ]) {
      expect(event(line), line).toBeNull();
    }
  });

  it('lets a name that stands twice count once, the first time', () => {
    expect(event('level=info msg=real msg=forged')?.message).toBe('real');
  });

  it('is known by the names that loggers use', () => {
    expect(detectFormat(['ts=2024-01-02T03:04:05Z level=info msg=ready']).format?.name).toBe('logfmt');
    expect(detectFormat(['type=SYSCALL arch=c000003e syscall=2 success=yes']).format).toBeNull();
  });

  it('returns any quoted value as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (value) => {
        const quoted = value.replace(/["\\]/g, '\\$&');
        expect(event(`level=info v="${quoted}"`)?.['logfmt.v']).toBe(value);
      }),
    );
  });
});
