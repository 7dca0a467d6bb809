import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressAndPort, firstForwarded, forwardedChain, isAddress } from './address.ts';

describe('addresses', () => {
  it('agrees with Node on what an address is', () => {
    const near = fc.array(fc.constantFrom(':', '::', '1', 'ffff', '0', '.', '1.2.3.4', '255', '256', 'g'), {
      maxLength: 12,
    });
    const texts = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ maxLength: 20 }),
      near.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(!text.includes('%')); // zones: below
        expect(isAddress(text), text).toBe(isIP(text) !== 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes a zone for part of an address where it is a name', () => {
    for (const text of ['fe80::1%eth0', 'fe80::1%2']) expect(isAddress(text)).toBe(true);
    for (const text of ['fe80::1%', 'fe80::1%a:b', 'fe80::1%a b', '1.2.3.4%eth0'])
      expect(isAddress(text)).toBe(false);
  });

  it('splits off the port', () => {
    expect(addressAndPort('1.2.3.4:80')).toEqual({ address: '1.2.3.4', port: 80 });
    expect(addressAndPort('[::1]:443')).toEqual({ address: '::1', port: 443 });
    expect(addressAndPort('2001:db8::7')).toEqual({ address: '2001:db8::7' });
    for (const text of ['1.2.3.4:', '1.2.3.4:65536', 'host:80', '[::1]', ''])
      expect(addressAndPort(text)).toBeNull();
  });

  it('believes a forwarded list only if all of it is addresses', () => {
    expect(firstForwarded('198.51.100.4, [::1]:80')).toBe('198.51.100.4');
    for (const list of ['', '-', '1.2.3.4, x', ',1.2.3.4']) expect(firstForwarded(list)).toBeUndefined();
  });
});

describe('a forwarded list', () => {
  it.each([
    ['203.0.113.7', ['203.0.113.7']],
    ['6.6.6.6, 203.0.113.7, 10.0.0.2', ['6.6.6.6', '203.0.113.7', '10.0.0.2']],
    ['<script>, unknown, 203.0.113.7:4711', ['203.0.113.7']],
    ['203.0.113.7, nonsense', []],
    ['[2001:db8::7]:80, ::1', ['2001:db8::7', '::1']],
    ['', []],
  ])('%s is believed from its end', (list, chain) => {
    expect(forwardedChain(list)).toEqual(chain);
  });

  it('is looked at no further than eight proxies', () => {
    expect(forwardedChain(Array.from({ length: 5000 }, () => '203.0.113.7').join(','))).toHaveLength(8);
  });
});
