import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equals, identifier, parseTimeNs } from './influxql.ts';

describe('InfluxQL', () => {
  it('keeps any value inside its quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const condition = equals('user', value);
        const quoted = /^"user" = '((?:[^'\\\n\0]|\\['\\])*)'$/.test(condition);
        const pattern = /^"user" =~ \/\^(?:[A-Za-z0-9]|\\x\{[0-9a-f]+\})*\$\/$/.test(condition);
        expect(quoted || pattern).toBe(true);
      }),
    );
  });

  it('keeps any name inside its quotes', () => {
    expect(identifier('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"');
  });

  it('reads times to the nanosecond', () => {
    expect(parseTimeNs('2026-10-01T12:00:00.123456789Z')).toBe(1_790_856_000_123_456_789n);
    expect(parseTimeNs('2026-10-01T12:00:00Z')).toBe(1_790_856_000_000_000_000n);
    expect(parseTimeNs('1969-12-31T23:59:59.5Z')).toBe(-500_000_000n);
  });
});
