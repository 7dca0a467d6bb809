import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProtocolError, readBatchIdentity, writeBatchIdentity } from './index.ts';

describe('batch identity', () => {
  it('is read as it was written', () => {
    const identity = fc.record({
      agent: fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
      epoch: fc.stringMatching(/^[A-Za-z0-9]{1,32}$/),
      sequence: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    });
    fc.assert(
      fc.property(identity, (wanted) => {
        expect(readBatchIdentity(writeBatchIdentity(wanted))).toEqual(wanted);
      }),
    );
  });

  it('is absent when no header is there', () => {
    expect(readBatchIdentity({ 'content-type': 'x' })).toBeNull();
  });

  it('is refused when a part is missing, repeated or of another form', () => {
    const good = writeBatchIdentity({ agent: 'a', epoch: 'e', sequence: 1 });
    const changes: Record<string, string | string[] | undefined>[] = [
      { 'x-tom-agent': undefined },
      { 'x-tom-epoch': undefined },
      { 'x-tom-sequence': undefined },
      { 'x-tom-agent': ['a', 'b'] },
      { 'x-tom-agent': 'a/b' },
      { 'x-tom-agent': '' },
      { 'x-tom-agent': 'a'.repeat(65) },
      { 'x-tom-epoch': 'e-e' },
      ...['0', '-1', '01', '1.5', '1e3', ' 1', '9007199254740993', '9'.repeat(17)].map((n) => ({
        'x-tom-sequence': n,
      })),
    ];
    for (const change of changes)
      expect(() => readBatchIdentity({ ...good, ...change })).toThrow(ProtocolError);
    expect(() => writeBatchIdentity({ agent: 'a b', epoch: 'e', sequence: 1 })).toThrow(ProtocolError);
  });
});
