import { isIPv6, SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackEnd, parseEndpoint } from './socket-address.ts';

describe('an end of a socket as /proc/net writes it', () => {
  it.each([
    ['0100007F:0CEA', '127.0.0.1', 3306],
    ['00000000:0016', '0.0.0.0', 22],
    ['0B01A8C0:FFFF', '192.168.1.11', 65_535],
    ['00000000000000000000000000000000:0050', '::', 80],
    ['00000000000000000000000001000000:1F90', '::1', 8080],
    ['B80D0120000000000000000001000000:01BB', '2001:db8::1', 443],
    ['0000000000000000FFFF00000B01A8C0:0016', '192.168.1.11', 22],
    ['000080FE00000000FF005450B6AD1DFE:0222', 'fe80::5054:ff:fe1d:adb6', 546],
  ])('%s is %s port %i', (text, address, port) => {
    expect(parseEndpoint(text)).toEqual({ address, port });
  });

  it.each(['', 'x', '0100007F', '0100007F:', '0100007F:0CEAX', '0100007f:0cea', `${'0'.repeat(31)}:0050`])(
    'makes nothing of %j',
    (text) => expect(parseEndpoint(text)).toBeNull(),
  );

  it.each([
    '0100007F:0001',
    '0501007F:0001',
    '00000000000000000000000001000000:0001',
    '0000000000000000FFFF00000100007F:0001',
  ])('knows %s for loopback', (text) => expect(isLoopbackEnd(text)).toBe(true));

  it.each(['00000000:0016', '7F00000A:0016', '00000000000000000000000000000000:0016'])(
    'does not take %s for loopback',
    (text) => expect(isLoopbackEnd(text)).toBe(false),
  );

  it('writes any IPv6 address as Node does', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
    const sparse = fc.array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(fc.oneof(bytes, sparse), (given) => {
        const raw = Buffer.from(given);
        const words = [0, 4, 8, 12].map((at) => raw.readUInt32LE(at).toString(16).padStart(8, '0'));
        const found = parseEndpoint(`${words.join('').toUpperCase()}:0050`)!;
        const groups = Array.from({ length: 8 }, (_, n) => raw.readUInt16BE(2 * n).toString(16)).join(':');
        if (!isIPv6(found.address)) expect(groups).toMatch(/^0:0:0:0:0:ffff:/);
        else
          expect(new SocketAddress({ family: 'ipv6', address: found.address }).address).toBe(
            new SocketAddress({ family: 'ipv6', address: groups }).address,
          );
      }),
    );
  });
});
