import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEnvelope, EnvelopeError, encodeCheckpoint, encodeEnvelope } from './index.ts';

const envelope = fc.record({
  kind: fc.constant('batch' as const),
  signal: fc.constantFrom('logs' as const, 'metrics' as const, 'syslog' as const),
  encoding: fc.constantFrom('identity' as const, 'gzip' as const, 'zstd' as const),
  identity: fc.option(fc.record({ agent: fc.string(), epoch: fc.string(), sequence: fc.maxSafeNat() })),
  sender: fc.option(fc.string({ unit: 'grapheme' })),
  remote: fc.ipV6(),
  userAgent: fc.string({ maxLength: 200 }),
  receivedUs: fc.maxSafeNat(),
  rawBytes: fc.nat(),
  records: fc.nat(),
  body: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
});

describe('envelope', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(envelope, (wanted) => {
        expect(decodeEnvelope(Buffer.concat(encodeEnvelope(wanted)))).toEqual(wanted);
      }),
    );
  });

  it('of a checkpoint comes back with every sequence', () => {
    const sequences = [{ sender: 't', agent: 'a', epoch: 'e', sequence: 7 }];
    expect(decodeEnvelope(encodeCheckpoint(sequences))).toEqual({ kind: 'checkpoint', sequences });
  });

  it('is refused, not misread, when it is cut, of another version or no envelope', () => {
    const whole = encodeCheckpoint([]);
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => decodeEnvelope(whole.subarray(0, length))).toThrow(EnvelopeError);
    }
    const later = Buffer.from(whole);
    later[0] = 2;
    expect(() => decodeEnvelope(later)).toThrow(/version 2/);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (noise) => {
        expect(() => decodeEnvelope(Buffer.from([1, ...noise]))).toThrow(EnvelopeError);
      }),
    );
  });
});
