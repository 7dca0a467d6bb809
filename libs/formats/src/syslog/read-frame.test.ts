import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrame } from './read-frame.ts';
import { YearSolver } from './year.ts';

const us = (iso: string) => Date.parse(iso) * 1000;
const read = (line: string, utcOffsetMinutes = 0) =>
  readFrame(line, { years: new YearSolver({ year: 2025 }), utcOffsetMinutes });

const AT = us('2025-11-02T10:20:30Z');
const SSHD = { timeUs: AT, host: 'web1', program: 'sshd', pid: 7, message: 'hi' };

describe('RFC 3164', () => {
  it.each([
    ['a day padded with a space', 'Nov  2 10:20:30 web1 sshd[7]: hi', SSHD],
    ['a day padded with a zero', 'Nov 02 10:20:30 web1 sshd[7]: hi', SSHD],
    ['a day without padding', 'Nov 2 10:20:30 web1 sshd[7]: hi', SSHD],
    [
      'a year after the day',
      'Nov  2 2019 10:20:30 web1 sshd[7]: hi',
      { ...SSHD, timeUs: us('2019-11-02T10:20:30Z') },
    ],
    ['a fraction', 'Nov 02 10:20:30.250 web1 sshd[7]: hi', { ...SSHD, timeUs: AT + 250_000 }],
    [
      'busybox’s priority by name',
      'Nov  2 10:20:30 web1 auth.info sshd[7]: hi',
      { ...SSHD, facility: 4, severity: 6 },
    ],
    ['a priority', '<38>Nov  2 10:20:30 web1 sshd[7]: hi', { ...SSHD, facility: 4, severity: 6 }],
    [
      'a tag without a pid',
      'Nov  2 10:20:30 web1 kernel: hi',
      { ...SSHD, program: 'kernel', pid: undefined },
    ],
    [
      'a tag with a slash',
      'Nov  2 10:20:30 web1 postfix/smtpd[7]: hi',
      { ...SSHD, program: 'postfix/smtpd' },
    ],
    ['a tag with a dash and dots', 'Nov  2 10:20:30 web1 a.b-c_d[7]: hi', { ...SSHD, program: 'a.b-c_d' }],
    [
      'a tag with a PAM module',
      'Nov  2 10:20:30 web1 sshd(pam_unix)[7]: hi',
      { ...SSHD, module: 'pam_unix' },
    ],
    ['a process in brackets', 'Nov  2 10:20:30 web1 (systemd)[7]: hi', { ...SSHD, program: '(systemd)' }],
    [
      'a pid that is no number',
      'Nov  2 10:20:30 web1 app[main]: hi',
      { ...SSHD, program: 'app', pid: undefined },
    ],
    ['no host before a tag with a pid', 'Nov  2 10:20:30 sshd[7]: hi', { ...SSHD, host: undefined }],
    [
      'no host before a plain tag',
      'Nov  2 10:20:30 kernel: hi',
      { ...SSHD, host: undefined, program: 'kernel', pid: undefined },
    ],
    ['a level behind the pid', 'Nov  2 10:20:30 web1 sshd[7](info): hi', SSHD],
    ['a blank before the pid', 'Nov  2 10:20:30 sshd [7]: hi', { ...SSHD, host: undefined }],
    ['an IPv6 host', 'Nov  2 10:20:30 2001:db8::1 sshd[7]: hi', { ...SSHD, host: '2001:db8::1' }],
    [
      'no tag',
      'Nov  2 10:20:30 web1 -- MARK --',
      { timeUs: AT, host: 'web1', program: undefined, message: '-- MARK --' },
    ],
    ['no space after the tag', 'Nov  2 10:20:30 web1 sshd[7]:hi', SSHD],
    ['an empty message', 'Nov  2 10:20:30 web1 sshd[7]:', { ...SSHD, message: '' }],
    [
      'spaces that belong to the message',
      'Nov  2 10:20:30 web1 sudo:   pi : x',
      { ...SSHD, program: 'sudo', pid: undefined, message: '  pi : x' },
    ],
  ])('reads %s', (_, line, expected) => {
    expect(read(line)).toMatchObject(JSON.parse(JSON.stringify(expected)));
    for (const [key, value] of Object.entries(expected)) {
      if (value === undefined) expect(read(line)).not.toHaveProperty(key);
    }
  });

  it('takes stamps as local time where an offset is given', () => {
    expect(read('Nov  2 10:20:30 web1 x: y', 120)?.timeUs).toBe(us('2025-11-02T08:20:30Z'));
  });

  it.each([
    '',
    ' ',
    'hello',
    'Nov',
    'Nov 2',
    'Nov 32 10:20:30 web1 x: y',
    'Nov  2 25:20:30 web1 x: y',
    'Foo  2 10:20:30 web1 x: y',
    'Feb 30 10:20:30 web1 x: y',
    'Nov  2 10:20:30',
    '<999>Nov  2 10:20:30 web1 x: y',
    '<>Nov  2 10:20:30 web1 x: y',
    'Nov  2 10:20:30 <b> x: y',
    'nov  2 10:20:30 web1 x: y',
    'NovDec 2 10:20:30 web1 x: y',
    'ovD  2 10:20:30 web1 x: y',
  ])('does not read %j', (line) => {
    expect(read(line)).toBeNull();
  });
});

describe('ISO 8601 and RFC 3339 stamps', () => {
  it.each([
    ['2025-11-02T10:20:30.123456+01:00 web1 sshd[7]: hi', us('2025-11-02T09:20:30Z') + 123_456],
    ['2025-11-02T10:20:30.123456789Z web1 sshd[7]: hi', AT + 123_456],
    ['2025-11-02T10:20:30Z web1 sshd[7]: hi', AT],
    ['2025-11-02T10:20:30-0530 web1 sshd[7]: hi', us('2025-11-02T15:50:30Z')],
    ['<38>2025-11-02T10:20:30Z web1 sshd[7]: hi', AT],
    ['2025-11-02 10:20:30 web1 sshd[7]: hi', AT],
  ])('reads %s', (line, timeUs) => {
    expect(read(line)).toMatchObject({ timeUs, host: 'web1', program: 'sshd', pid: 7, message: 'hi' });
  });

  it.each([
    '2025-11-02T10:20:30Z INFO server: started',
    '2025-11-02T10:20:30.5Z [main] x: y',
    '2025-11-02 10:20:30 web1 something: happened',
    '2025-13-02T10:20:30Z web1 x: y',
    '2025-02-29T10:20:30Z web1 x: y',
    '2025-11-02T10:20:30+99:00 web1 x: y',
    '2025-11-02T10:20 web1 x: y',
  ])("leaves another program's log alone: %s", (line) => {
    expect(read(line)).toBeNull();
  });
});

describe('RFC 5424', () => {
  it('reads every field', () => {
    const line =
      '<165>1 2003-10-11T22:14:15.003Z h.example.com evntslog 111 ID47 [a@1 iut="3" x="a\\]\\"b"][b@2] \ufeffAn event';
    expect(read(line)).toEqual({
      facility: 20,
      severity: 5,
      timeUs: us('2003-10-11T22:14:15.003Z'),
      host: 'h.example.com',
      program: 'evntslog',
      pid: 111,
      messageId: 'ID47',
      structuredData: '[a@1 iut="3" x="a\\]\\"b"][b@2]',
      message: 'An event',
    });
  });

  it('reads a byte order mark that was decoded as latin1', () => {
    expect(read('<34>1 - h sshd - - - \u00ef\u00bb\u00bfhi')?.message).toBe('hi');
  });

  it('leaves nil values out', () => {
    expect(read('<34>1 - - - - - -')).toEqual({ facility: 4, severity: 2, message: '' });
  });

  it.each([
    '<34>1 ',
    '<34>1 - - -',
    '<34>1 - h a p m [x',
    '<34>1 - h a p m [x="]',
    '<34>1 - h a p m x',
    '<34>1 yesterday h a p m - x',
  ])('refuses what breaks the grammar: %j', (line) => {
    expect(read(line)).toBeNull();
  });
});

describe('any line', () => {
  it('has a frame that holds only parts of it, or none', () => {
    const piece = fc.constantFrom(
      '<34>',
      '1 ',
      'Nov  2 ',
      '10:20:30',
      ' ',
      'web1',
      ' sshd[7]: ',
      '[',
      ']',
      ':',
      '2025-11-02T',
      'Z',
      '-',
      '"',
      '\\',
    );
    const line = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 14 })
      .map((p) => p.join(''));
    fc.assert(
      fc.property(line, (text) => {
        const frame = read(text);
        if (frame === null) return;
        for (const part of [frame.host, frame.program, frame.message]) expect(text).toContain(part ?? '');
        if (frame.timeUs !== undefined) expect(Number.isSafeInteger(frame.timeUs)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('comes back from its RFC 3164 form', () => {
    const second = fc.integer({ min: Date.UTC(2025, 0) / 1000, max: Date.UTC(2025, 11, 31) / 1000 });
    const name = fc
      .stringMatching(/^[a-z][a-z0-9._-]{0,20}$/)
      .filter(
        (host) =>
          !/^(?:trace|debug|info|notice|warn|warning|err|error|crit|critical|fatal|severe|alert|emerg)$/.test(
            host,
          ),
      );
    fc.assert(
      fc.property(second, name, name, fc.nat(99_999), fc.string(), (at, host, program, pid, message) => {
        const iso = new Date(at * 1000).toISOString();
        const month = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[
          Number(iso.slice(5, 7)) - 1
        ];
        const line = `${month} ${String(Number(iso.slice(8, 10))).padStart(2)} ${iso.slice(11, 19)} ${host} ${program}[${pid}]: ${message}`;
        expect(read(line)).toEqual({ timeUs: at * 1_000_000, host, program, pid, message });
      }),
    );
  });
});

describe("journalctl's other stamps", () => {
  it.each([
    ['short-full', 'Sun 2025-11-02 10:20:30 UTC web1 sshd[7]: hi', SSHD],
    ['a zone east of UTC', 'Sun 2025-11-02 11:20:30 CET web1 sshd[7]: hi', SSHD],
    ['a zone as digits', 'Sun 2025-11-02 07:20:30 -03 web1 sshd[7]: hi', SSHD],
    [
      'short-unix',
      `${Date.parse('2025-11-02T10:20:30Z') / 1000}.250000 web1 sshd[7]: hi`,
      { ...SSHD, timeUs: AT + 250_000 },
    ],
  ])('%s', (_, line, expected) => {
    expect(read(line)).toMatchObject(expected);
  });

  it('takes the configured zone where an abbreviation means several', () => {
    expect(read('Sun 2025-11-02 18:20:30 CST web1 sshd[7]: hi', 480)?.timeUs).toBe(AT);
  });

  it.each([
    'Sun 2025-11-02 10:20:30 web1 sshd[7]: hi',
    'Tuesday it rained',
    'We had 2025-11-02',
    '1762078830.250000 hello there',
  ])('is no frame: %s', (line) => {
    expect(read(line)).toBeNull();
  });
});
