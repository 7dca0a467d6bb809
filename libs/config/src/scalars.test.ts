import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  byteSize,
  createAddressSet,
  duration,
  formatByteSize,
  formatCidr,
  formatDuration,
  formatHostPort,
  isLoopback,
  parseByteSize,
  parseCidr,
  parseDuration,
  parseHostPort,
} from './index.ts';

describe('byte sizes', () => {
  it.each([
    ['64MiB', 67_108_864],
    ['1.5GB', 1_500_000_000],
    ['512K', 524_288],
    ['10 gib', 10_737_418_240],
    ['0', 0],
    ['1048576', 1_048_576],
  ])('reads %s', (text, bytes) => expect(parseByteSize(text)).toBe(bytes));

  it.each(['', 'MiB', '-1MiB', '1e3', '1MiBs', '1 0', '9999999999TiB', '0x10', '１', 'NaN', '1i'])(
    'refuses %j',
    (text) => expect(parseByteSize(text)).toBeNull(),
  );

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(parseByteSize(formatByteSize(bytes))).toBe(bytes);
      }),
    );
  });

  it('never throws and never gives a number that is no whole number of bytes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const bytes = parseByteSize(text);
        expect(bytes === null || (Number.isSafeInteger(bytes) && bytes >= 0)).toBe(true);
      }),
    );
  });

  it('keeps to its bounds', () => {
    const schema = byteSize({ minBytes: 1024, maxBytes: 4096 });
    expect(schema.parse('1KiB')).toBe(1024);
    expect(schema.parse(4096)).toBe(4096);
    for (const outside of ['1023', '4097', -1, 1.5e99, 'x'])
      expect(schema.safeParse(outside).success).toBe(false);
  });
});

describe('durations', () => {
  it.each([
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['2w', 1_209_600_000],
    ['1.5s', 1500],
    ['0', 0],
  ])('reads %s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', '10', '-1s', 's', '1h 30m', '1y', '10M', '1s2', '99999999999999999d'])('refuses %j', (text) =>
    expect(parseDuration(text)).toBeNull(),
  );

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (ms) => {
        // Past the digits that one part may have there is nothing to configure.
        fc.pre(ms < 86_400_000 * 1e11);
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseDuration(text)));
  });

  it('keeps to its bounds', () => {
    const schema = z.object({ every: duration({ minMs: 1000, maxMs: 60_000 }) });
    expect(schema.parse({ every: '1m' })).toEqual({ every: 60_000 });
    expect(schema.safeParse({ every: '61s' }).success).toBe(false);
    expect(schema.safeParse({ every: 5 }).success).toBe(false);
  });
});

describe('addresses and networks', () => {
  it.each(['10.0.0.0/8', '192.168.1.20', 'fd00::/8', '::1', '0.0.0.0/0', '::/0'])('reads %s', (text) => {
    expect(formatCidr(parseCidr(text)!)).toBe(text);
  });

  it.each([
    '10.0.0.5/8',
    '10.0.0.0/33',
    '10.0.0',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'fe80::1%eth0',
    '::1/129',
    'lan',
    '',
  ])('refuses %j', (text) => expect(parseCidr(text)).toBeNull());

  it('agrees with arithmetic on which IPv4 addresses lie in a network', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.tuple(byte, byte, byte, byte),
        fc.tuple(byte, byte, byte, byte),
        fc.integer({ min: 0, max: 32 }),
        (a, b, prefix) => {
          const number = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 256 + part, 0);
          const size = 2 ** (32 - prefix);
          const base = Math.floor(number(a) / size) * size;
          const network = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.');
          const inside = Math.floor(number(b) / size) * size === base;
          expect(createAddressSet([`${network}/${prefix}`]).has(b.join('.'))).toBe(inside);
        },
      ),
    );
  });

  it('takes an IPv4 address mapped into IPv6 for what it is, and no name for an address', () => {
    const set = createAddressSet(['10.0.0.0/8', 'fd00::/8']);
    expect(set.has('::ffff:10.1.2.3')).toBe(true);
    expect(set.has('fd12::1')).toBe(true);
    expect(set.has('fe80::1')).toBe(false);
    expect(set.has('ten.example')).toBe(false);
    expect(() => createAddressSet(['10.0.0.1/8'])).toThrow(/address or network/);
  });

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => void parseCidr(text)));
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV4(), (v6, v4) => parseCidr(v6) !== null && parseCidr(v4) !== null),
    );
  });
});

describe('host:port', () => {
  it.each(['127.0.0.1:5514', '[::1]:0', 'logs.lan:65535', 'node-1:80'])('reads back %s', (text) => {
    expect(formatHostPort(parseHostPort(text)!)).toBe(text);
  });

  it.each([
    '127.0.0.1',
    ':80',
    '::1:80',
    '[::1]',
    'a:65536',
    'a b:1',
    '256.1.1.1:80',
    '-a:80',
    '[a]:80',
    'http://a:80',
    'a:8o',
  ])('refuses %j', (text) => expect(parseHostPort(text)).toBeNull());

  it('knows which hosts only this machine reaches', () => {
    expect(['127.0.0.1', '127.8.8.8', '::1', 'localhost', '::ffff:127.0.0.1'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '10.0.0.1', 'nadir.lan', '127.evil.example'].some(isLoopback)).toBe(false);
  });

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseHostPort(text)));
  });
});
