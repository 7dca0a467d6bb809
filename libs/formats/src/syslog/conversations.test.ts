import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAll, parseWithRestarts } from '../../test/parse-all.ts';

const A = '203.0.113.9';
const slapd = (...messages: string[]) => messages.map((text) => `Nov 20 10:00:00 ldap1 slapd[7]: ${text}`);
const ACCEPT = `conn=1000 fd=12 ACCEPT from IP=${A}:4711 (IP=0.0.0.0:389)`;
const bind = (dn: string) => `conn=1000 op=0 BIND dn="${dn}" method=128`;
const FAILED = 'conn=1000 op=0 RESULT tag=97 err=49 qtime=0.000015 etime=0.000123 text=';
const OK = 'conn=1000 op=0 RESULT tag=97 err=0 qtime=0.000015 etime=0.000123 text=';
const last = (lines: string[]) => parseAll(lines, { format: 'syslog', year: 2025 }).at(-1)!;

describe('slapd', () => {
  it('joins the connection, the name and the result', () => {
    const { format, event } = last(slapd(ACCEPT, bind('cn=bob,dc=example'), FAILED));
    expect(format).toBe('slapd');
    expect(event).toMatchObject({
      'event.action': 'service_login',
      'event.outcome': 'failure',
      'user.name': 'cn=bob,dc=example',
      'source.address': A,
      'source.port': 4711,
    });
    expect(last(slapd(ACCEPT, bind('cn=bob'), OK)).event).toMatchObject({ 'event.outcome': 'success' });
  });

  it('does so in the journal as well', () => {
    const lines = [ACCEPT, bind('cn=bob'), FAILED].map((MESSAGE, n) =>
      JSON.stringify({
        __CURSOR: `s=${n}`,
        __REALTIME_TIMESTAMP: '1704164645000000',
        SYSLOG_IDENTIFIER: 'slapd',
        MESSAGE,
      }),
    );
    const read = parseWithRestarts(lines, { format: 'journald' });
    expect(read.at(-1)).toMatchObject({
      format: 'slapd',
      event: { 'user.name': 'cn=bob', 'source.address': A },
    });
  });

  it('goes on after a restart', () => {
    const lines = slapd(ACCEPT, bind('cn=bob'), FAILED);
    expect(parseWithRestarts(lines, { format: 'syslog', year: 2025 })).toEqual(
      parseAll(lines, { format: 'syslog', year: 2025 }),
    );
  });

  it('makes no login of a bind without a name, nor of a connection that ended', () => {
    expect(last(slapd(ACCEPT, bind(''), OK)).event?.['event.action']).toBe('log_message');
    const ended = last(slapd(ACCEPT, bind('cn=bob'), 'conn=1000 fd=12 closed', FAILED));
    expect(ended.event?.['event.action']).toBe('log_message');
  });

  it('keeps two servers of one file apart', () => {
    const [accept = '', ...rest] = slapd(ACCEPT, bind('cn=bob'), FAILED);
    const event = last([accept.replace('ldap1', 'ldap2'), ...rest]).event;
    expect(event).toMatchObject({ 'event.action': 'service_login', 'user.name': 'cn=bob' });
    expect(event).not.toHaveProperty(['source.address']);
  });

  it('takes neither address nor outcome out of a name', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '" method=128',
        'conn=1000 fd=1 ACCEPT from IP=6.6.6.6:1 (IP=0:1)',
        OK,
        '" RESULT tag=97 err=0 ',
      ),
    );
    fc.assert(
      fc.property(words, (text) => {
        const { event } = last(slapd(ACCEPT, bind(text.replace(/[\r\n\0]/g, '')), FAILED));
        expect([A, undefined]).toContain(event?.['source.address']);
        expect(event?.['event.outcome']).not.toBe('success');
      }),
    );
  });

  it('forgets the oldest of too many connections', () => {
    const many = Array.from({ length: 3000 }, (_, n) => ACCEPT.replace('1000', String(n + 2000)));
    const event = last(slapd(ACCEPT, ...many, bind('cn=bob'), FAILED)).event;
    expect(event?.['source.address']).toBeUndefined();
  });
});

describe('OpenSMTPD', () => {
  it('joins the session with what was tried in it', () => {
    const said = (text: string) => `Nov 20 10:00:00 mx1 smtpd[7]: 0123456789abcdef smtp ${text}`;
    const { format, event } = last([
      said(`connected address=${A} host=h.example.org`),
      said('authentication user=bob result=permfail'),
    ]);
    expect(format).toBe('opensmtpd');
    expect(event).toMatchObject({ 'event.outcome': 'failure', 'user.name': 'bob', 'source.address': A });
  });
});
