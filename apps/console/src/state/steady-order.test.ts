import fc from 'fast-check';
import { expect, it } from 'vitest';
import { steadyOrder } from './steady-order.ts';

const items = (ids: readonly number[], version: number) =>
  [...new Set(ids)].map((id) => ({ id: String(id), version }));

it('moves nothing, changes what is read in place, and counts what is new', () => {
  const ids = fc.array(fc.nat(20));
  fc.assert(
    fc.property(ids, ids, (before, after) => {
      const read = items(before, 1);
      const wanted = items(after, 2);
      const { shown, waiting } = steadyOrder(read, wanted);
      expect(shown.map(({ id }) => id)).toEqual(read.map(({ id }) => id));
      for (const { id, version } of shown) expect(version).toBe(wanted.some((w) => w.id === id) ? 2 : 1);
      expect(waiting).toBe(wanted.filter(({ id }) => !read.some((r) => r.id === id)).length);
    }),
  );
});
