import { describe, expect, it } from 'vitest';
import { createNever } from './never.ts';

const never = (options: Partial<Parameters<typeof createNever>[0]> = {}) =>
  createNever({
    allow: ['203.0.113.7', '198.51.100.0/24'],
    banPrivate: false,
    own: () => ['192.0.2.1', '2001:db8::1'],
    ...options,
  });

describe('what must never be banned', () => {
  it.each([
    ['127.0.0.1'],
    ['0.0.0.0'],
    ['169.254.1.1'],
    ['255.255.255.255'],
    ['::1'],
    ['fe80::1'],
    ['ff02::1'],
    ['203.0.113.7'],
    ['198.51.100.200'],
    ['192.0.2.1'],
    ['::ffff:192.0.2.1'],
    ['2001:db8:0:0:0:0:0:1'],
    ['2001:DB8::1'],
    ['10.0.0.2'],
    ['172.18.0.1'],
    ['fd00::1'],
    ['example.org'],
    [''],
    ['0.0.0.0/0'],
    ['192.0.0.0/16'],
    ['203.0.113.0/24'],
    ['198.0.0.0/6'],
    ['2001:db8::/32'],
    ['10.0.0.0/8'],
    ['203.0.113.9/999'],
  ])('spares %s', (value) => {
    expect(never()(value)).toEqual(expect.any(String));
  });

  it.each([['8.8.8.8'], ['203.0.113.9'], ['2001:db8::2'], ['203.0.114.0/24'], ['2a00:1450::/32']])(
    'lets %s be banned',
    (value) => {
      expect(never()(value)).toBeNull();
    },
  );

  it('lets private addresses be banned where the operator wants it, never the own ones', () => {
    const bold = never({ banPrivate: true, own: () => ['10.0.0.1'] });
    expect(bold('10.0.0.2')).toBeNull();
    expect(bold('10.0.0.1')).toMatch(/cluster itself/);
  });
});
