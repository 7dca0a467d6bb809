import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutBlock } from './cut.ts';

const MAX = 8;

test('cuts into whole lines, each within the bound, and leaves nothing out', () => {
  const byte = fc.oneof(
    { weight: 3, arbitrary: fc.constant(97) },
    { weight: 2, arbitrary: fc.constant(10) },
    fc.constant(0),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 60 }), fc.nat(5), fc.boolean(), (bytes, start, atStart) => {
      const buffer = Buffer.from([...new Array<number>(start).fill(10), ...bytes]);
      const cut = cutBlock(buffer, start, buffer.length, MAX, atStart);
      const rest = buffer.subarray(start);
      const first = rest.indexOf(10);
      switch (cut.kind) {
        case 'lines': {
          expect(buffer[cut.end - 1]).toBe(10);
          const lines = buffer.toString('latin1', start, cut.end - 1).split('\n');
          expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(MAX);
          return;
        }
        case 'too-long':
          expect(first === -1 ? rest.length : first).toBeGreaterThan(MAX);
          return;
        case 'partial':
          expect(first).toBe(-1);
          return;
        case 'nul-open':
          expect(rest.every((value) => value === 0)).toBe(true);
          return;
        case 'nul-hole':
          expect(atStart).toBe(true);
          expect(rest[cut.length]).not.toBe(0);
          expect(rest.subarray(0, cut.length).every((value) => value === 0)).toBe(true);
          return;
      }
    }),
  );
});

test('stops before a long hole in the middle, not before a few NULs at a line start', () => {
  const hole = Buffer.concat([Buffer.from('a\n'), Buffer.alloc(64), Buffer.from('b\n')]);
  expect(cutBlock(hole, 0, hole.length, 100, true)).toEqual({ kind: 'lines', end: 2 });
  expect(cutBlock(hole, 2, hole.length, 100, false)).toEqual({ kind: 'nul-hole', length: 64 });
  const few = Buffer.from('a\n\0\0b\n');
  expect(cutBlock(few, 0, few.length, 100, true)).toEqual({ kind: 'lines', end: few.length });
});
