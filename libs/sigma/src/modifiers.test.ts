import { describe, expect, it } from 'vitest';
import { holds, refusal, rule, START } from '../test/run.ts';

const field = (value: string | number | boolean) => ({ 'x.f': value });
const b64 = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('base64');

describe('values', () => {
  it('compare without regard to case, with wildcards', () => {
    expect(holds('x.f: AbC', field('aBc'))).toBe(true);
    expect(holds('x.f: abc', field('abcd'))).toBe(false);
    expect(holds('x.f: a*d', field('abcd'))).toBe(true);
    expect(holds('x.f: a?d', field('abcd'))).toBe(false);
    expect(holds('x.f: a??d', field('abcd'))).toBe(true);
    expect(holds("x.f: '*'", {})).toBe(false);
  });

  it('take wildcards literally after a backslash, and other backslashes as they are', () => {
    expect(holds(String.raw`x.f: 'a\*b'`, field('a*b'))).toBe(true);
    expect(holds(String.raw`x.f: 'a\*b'`, field('axb'))).toBe(false);
    expect(holds(String.raw`x.f: 'a\\*b'`, field('a\\xxb'))).toBe(true);
    expect(holds(String.raw`x.f: 'C:\tmp'`, field('C:\\tmp'))).toBe(true);
    expect(holds(String.raw`x.f: '\?'`, field('?'))).toBe(true);
  });

  it('may be numbers, booleans, null and empty', () => {
    expect(holds('x.f: 22', field(22))).toBe(true);
    expect(holds('x.f: 22', field('22'))).toBe(true);
    expect(holds('x.f: 007', field('007'))).toBe(true);
    expect(holds('x.f: true', field(true))).toBe(true);
    expect(holds('x.f: null', {})).toBe(true);
    expect(holds('x.f: null', field('a'))).toBe(false);
    expect(holds("x.f: ''", field(''))).toBe(true);
    expect(holds("x.f: ''", field('a'))).toBe(false);
  });

  it('in a list hold when one does, in a map when all do', () => {
    expect(holds('x.f: [a, b]', field('b'))).toBe(true);
    expect(holds('{x.f: a, x.g: b}', { 'x.f': 'a', 'x.g': 'b' })).toBe(true);
    expect(holds('{x.f: a, x.g: b}', { 'x.f': 'a', 'x.g': 'c' })).toBe(false);
    expect(holds('[{x.f: a}, {x.f: c}]', field('c'))).toBe(true);
  });

  it('without a field are searched for in the whole line', () => {
    expect(holds('[segfault, oops]', {}, 'kernel: OOPS at 0')).toBe(true);
    expect(holds("['a*z']", {}, 'xx a then z xx')).toBe(true);
    expect(holds("'|all': [one, two]", {}, 'two one')).toBe(true);
    expect(holds("'|all': [one, two]", {}, 'one')).toBe(false);
    expect(holds("'|re': 'o[nm]e'", {}, 'an ome')).toBe(true);
  });

  it('are searched for in the message of JSON lines too, without its escapes', () => {
    const raw = JSON.stringify({ msg: 'say "hi"' });
    expect(holds(`['say "hi"']`, { message: 'say "hi"' }, raw)).toBe(true);
  });
});

describe('text modifiers', () => {
  it('contains, startswith and endswith', () => {
    expect(holds('x.f|contains: bc', field('ABCD'))).toBe(true);
    expect(holds('x.f|startswith: ab', field('ABCD'))).toBe(true);
    expect(holds('x.f|startswith: bc', field('ABCD'))).toBe(false);
    expect(holds('x.f|endswith: cd', field('ABCD'))).toBe(true);
    expect(holds('x.f|endswith: bc', field('ABCD'))).toBe(false);
  });

  it('all asks for every value', () => {
    expect(holds('x.f|contains|all: [ab, cd]', field('cdab'))).toBe(true);
    expect(holds('x.f|contains|all: [ab, ef]', field('cdab'))).toBe(false);
  });

  it('cased regards case', () => {
    expect(holds('x.f|cased: aBc', field('aBc'))).toBe(true);
    expect(holds('x.f|cased: aBc', field('abc'))).toBe(false);
    expect(holds('x.f|contains|cased: B', field('abc'))).toBe(false);
  });

  it('neq turns it round, for a list: none of them', () => {
    expect(holds('x.f|neq: a', field('b'))).toBe(true);
    expect(holds('x.f|neq: a', field('a'))).toBe(false);
    expect(holds('x.f|neq: [a, b]', field('b'))).toBe(false);
    expect(holds('x.f|neq: a', {})).toBe(true);
  });

  it('exists asks whether there is a value', () => {
    expect(holds('x.f|exists: true', field(''))).toBe(true);
    expect(holds('x.f|exists: false', {})).toBe(true);
    expect(holds('x.f|exists: true', {})).toBe(false);
  });

  it('windash takes each dash for an option', () => {
    for (const dash of ['-', '/', '–', '—', '―'])
      expect(holds(`x.f|windash|contains: ' -d '`, field(`nc ${dash}d x`))).toBe(true);
    expect(holds(`x.f|windash|contains: 'a-b'`, field('a/b'))).toBe(false);
  });
});

describe('encodings', () => {
  it('base64 encodes the value', () => {
    expect(holds('x.f|base64|contains: ping', field(`echo ${b64('ping')}`))).toBe(true);
  });

  it('base64offset finds it at each of the three places', () => {
    for (const before of ['', 'x', 'xy', 'xyz'])
      expect(holds('x.f|base64offset|contains: /bin/bash', field(b64(`${before}/bin/bash -i`)))).toBe(true);
    expect(holds('x.f|base64offset|contains: /bin/bash', field(b64('/bin/true')))).toBe(false);
  });

  it('wide, utf16le, utf16be and utf16 come before base64', () => {
    const be = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('base64');
    expect(holds('x.f|wide|base64|contains: ping', field(b64('ping', 'utf16le')))).toBe(true);
    expect(holds('x.f|utf16le|base64offset|contains: ping', field(b64('aping', 'utf16le')))).toBe(true);
    expect(holds('x.f|utf16be|base64|contains: ping', field(be('ping')))).toBe(true);
    expect(holds('x.f|utf16|base64|contains: ping', field(b64('\ufeffping', 'utf16le')))).toBe(true);
    expect(holds('x.f|wide|contains: ping', field('p\0i\0n\0g\0'))).toBe(true);
  });
});

describe('re', () => {
  it('searches, regards case, and knows i, m and s', () => {
    expect(holds(`x.f|re: 'b.d'`, field('abcde'))).toBe(true);
    expect(holds(`x.f|re: 'B.D'`, field('abcde'))).toBe(false);
    expect(holds(`x.f|re|i: 'B.D'`, field('abcde'))).toBe(true);
    expect(holds(`x.f|re: '^b'`, field('a\nb'))).toBe(false);
    expect(holds(`x.f|re|m: '^b'`, field('a\nb'))).toBe(true);
    expect(holds(`x.f|re: 'a.b'`, field('a\nb'))).toBe(false);
    expect(holds(`x.f|re|s: 'a.b'`, field('a\nb'))).toBe(true);
    expect(holds(`x.f|re|i|s: 'A.B'`, field('a\nb'))).toBe(true);
  });

  it('says why it cannot be matched in linear time', () => {
    const why = (source: string) => refusal(rule(`  s:\n    x.f|re: '${source}'\n  condition: s`));
    expect(why('a(?=b)')).toMatch(/^5: .*look-around/);
    expect(why('(?<!a)b')).toContain('look-around');
    expect(why(String.raw`(a)\1`)).toContain('back-references');
    expect(why('(a')).toContain('does not hold');
  });
});

describe('cidr', () => {
  it('holds for addresses of the network, IPv4 and IPv6', () => {
    expect(holds('x.f|cidr: 192.0.2.0/24', field('192.0.2.200'))).toBe(true);
    expect(holds('x.f|cidr: 192.0.2.0/24', field('192.0.3.1'))).toBe(false);
    expect(holds('x.f|cidr: 2001:db8::/32', field('2001:db8:1::5'))).toBe(true);
    expect(holds('x.f|cidr: 2001:db8::/32', field('2001:db9::5'))).toBe(false);
    expect(holds('x.f|cidr: 10.0.0.0/8', field('host.example'))).toBe(false);
    expect(holds('x.f|cidr: [10.0.0.0/8, 192.168.0.0/16]', field('192.168.7.7'))).toBe(true);
  });

  it('refuses what is no network', () => {
    expect(refusal(rule('  s:\n    x.f|cidr: 10.0.0.0/33\n  condition: s'))).toMatch(/^5: .*no network/);
  });
});

describe('numbers and times', () => {
  it('lt, lte, gt and gte compare numbers', () => {
    expect(holds('x.f|lt: 5', field(4))).toBe(true);
    expect(holds('x.f|lt: 5', field(5))).toBe(false);
    expect(holds('x.f|lte: 5', field('5'))).toBe(true);
    expect(holds('x.f|gt: 5', field(5.5))).toBe(true);
    expect(holds('x.f|gte: 5', field('x'))).toBe(false);
    expect(holds('x.f|gte: 0', field(''))).toBe(false);
    expect(refusal(rule('  s:\n    x.f|gt: many\n  condition: s'))).toMatch(/^5: .*no number/);
  });

  it('minute to year are parts of a time, in UTC', () => {
    const time = { 'x.t': '2026-11-21T03:12:09Z' };
    expect(holds('x.t|minute: 12', time)).toBe(true);
    expect(holds('x.t|hour: 3', time)).toBe(true);
    expect(holds('x.t|hour: [2, 4]', time)).toBe(false);
    expect(holds('x.t|hour|lt: 6', time)).toBe(true);
    expect(holds('x.t|day: 21', time)).toBe(true);
    expect(holds('x.t|week: 47', time)).toBe(true);
    expect(holds('x.t|month: 11', time)).toBe(true);
    expect(holds('x.t|year: 2026', time)).toBe(true);
    expect(holds(`'@timestamp|hour': 3`, {})).toBe(true);
    expect(holds('x.t|year: 2026', { 'x.t': START / 1000 })).toBe(true);
    expect(holds('x.t|year: 2026', { 'x.t': 'yesterday' })).toBe(false);
  });
});

describe('fieldref', () => {
  it('compares two fields, whole or in part', () => {
    const two = { 'x.f': '/home/Pi/x', 'x.g': '/home/pi' };
    expect(holds('x.f|fieldref: x.g', two)).toBe(false);
    expect(holds('x.f|fieldref|startswith: x.g', two)).toBe(true);
    expect(holds('x.f|fieldref|endswith: x.g', two)).toBe(false);
    expect(holds('x.f|fieldref|contains: x.g', two)).toBe(true);
    expect(holds('x.f|fieldref|neq: x.g', two)).toBe(true);
    expect(holds('x.f|fieldref: x.g', { 'x.f': 'a', 'x.g': 'A' })).toBe(true);
    expect(holds('x.f|fieldref: x.none', two)).toBe(false);
  });
});

it.each([
  ['x.f|kontains: a', 'did you mean "contains"'],
  ['x.f|startswith|contains: a', 'do not go together'],
  ['x.f|contains|base64: a', 'comes before contains'],
  ['x.f|re|cidr: a', 'do not go together'],
  ['x.f|i: a', 'flag of re'],
  ['x.f|exists: maybe', 'true or false'],
  ['x.f|base64: a*', 'wildcards cannot be encoded'],
  ["'|exists': true", 'needs a field'],
  ['x.f|expand: "%admins%"', 'has no values here'],
  ['x.f|expand: admins', 'no %placeholder%'],
  ['x.f: []', 'empty list'],
  ['x.f: {a: b}', 'map where a value'],
])('refuses %s with a reason and a line', (selection, reason) => {
  const refused = refusal(rule(`  s:\n    ${selection}\n  condition: s`));
  expect(refused).toMatch(/^5: /);
  expect(refused).toContain(reason);
});
