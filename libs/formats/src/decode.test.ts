import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLine } from './index.ts';

describe('decodeLine', () => {
  it('reads UTF-8 where it is valid and latin1 where it is not, replacing nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (array) => {
        const bytes = Buffer.from(array);
        const text = decodeLine(bytes, 0, bytes.length);
        const back = [Buffer.from(text, 'utf8'), Buffer.from(text, 'latin1')];
        expect(back.some((candidate) => candidate.equals(bytes))).toBe(true);
      }),
    );
  });

  it('reads only the part that it is given', () => {
    expect(decodeLine(Buffer.from('\xffaéb', 'utf8'), 2, 5)).toBe('aé');
    expect(decodeLine(Buffer.from('é'), 0, 2, 'binary')).toBe('\xc3\xa9');
  });
});
