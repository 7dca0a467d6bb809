import type { ApiRecord } from '@suite/api/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeLines } from './tail-lines.ts';

const line = (id: number): ApiRecord => ({
  id: String(id).padStart(4, '0'),
  time: '',
  timeUs: Math.floor(id / 3),
  observed: '',
  agent: 'a',
  host: 'h',
  kind: 'file',
  path: '/log',
  offset: id,
  format: 'none',
  raw: '',
  rawLength: 0,
  event: null,
});

it('makes one list, newest first and each line once, whatever the order of arrival', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(200))), (batches) => {
      let lines: readonly ApiRecord[] = [];
      for (const batch of batches) lines = mergeLines(lines, batch.map(line), 1000);
      const expected = [...new Set(batches.flat())].sort((a, b) => b - a);
      expect(lines.map((one) => one.offset)).toEqual(expected);
    }),
  );
});

it('keeps the newest', () => {
  expect(mergeLines([line(5), line(4)], [line(9), line(1)], 2).map((one) => one.offset)).toEqual([9, 5]);
});
