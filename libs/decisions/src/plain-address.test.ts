import { expect, it } from 'vitest';
import { createNever } from './never.ts';
import { plainAddress } from './plain-address.ts';

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:CB00:7109', '203.0.113.9'],
  ['0:0:0:0:0:ffff:cb00:7109', '203.0.113.9'],
  ['2001:DB8:0::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['no address', 'no address'],
])('%s is %s', (told, plain) => {
  expect(plainAddress(told)).toBe(plain);
});

it.each(['::ffff:cb00:7109', '::ffff:203.0.113.9', '0:0:0:0:0:FFFF:CB00:7109'])(
  'an own or allowed address is not banned as %s',
  (spelt) => {
    const own = createNever({ allow: [], banPrivate: true, own: () => ['203.0.113.9'] });
    const allowed = createNever({ allow: ['203.0.113.0/24'], banPrivate: true, own: () => [] });
    expect(own(spelt)).toContain('the cluster itself');
    expect(allowed(spelt)).toContain('allow-list');
  },
);
