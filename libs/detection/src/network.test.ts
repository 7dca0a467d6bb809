import { describe, expect, it } from 'vitest';
import { isPrivate, networkOf } from './network.ts';

describe('networks', () => {
  it.each([
    ['192.0.2.7', '192.0.2.0/24'],
    ['::ffff:192.0.2.7', '192.0.2.0/24'],
    ['2001:db8:1:2::3', '2001:db8:1::/48'],
    ['2001:0db8::1', '2001:db8:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['host.example.org', 'host.example.org'],
  ])('%s is in %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('tells private addresses from those of the internet', () => {
    for (const address of ['10.0.0.2', '172.18.0.1', '192.168.1.5', '::1', 'fd00::1', '::ffff:10.1.1.1'])
      expect(isPrivate(address)).toBe(true);
    for (const address of ['172.15.0.1', '203.0.113.9', '2001:db8::1', 'host'])
      expect(isPrivate(address)).toBe(false);
  });
});
