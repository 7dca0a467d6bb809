import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

/** The same by JavaScript's own Map, which keeps the order of insertion. */
class Model {
  readonly all = new Map<string, number>();
  readonly limit: number;
  constructor(limit: number) {
    this.limit = limit;
  }
  set(key: string, value: number) {
    this.all.delete(key);
    this.all.set(key, value);
    if (this.all.size > this.limit) this.all.delete(this.all.keys().next().value!);
  }
  get(key: string) {
    const value = this.all.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }
}

describe('a bounded map', () => {
  it('does what a map of touched entries does, whatever is done to it', () => {
    const step = fc.tuple(
      fc.constantFrom('set', 'get', 'peek', 'delete', 'restore'),
      fc.integer({ min: 0, max: 9 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 6 }), (steps, limit) => {
        const map = new BoundedMap<number>(limit);
        const model = new Model(limit);
        for (const [at, [what, n]] of steps.entries()) {
          const key = `k${n}`;
          if (what === 'set') {
            map.set(key, at);
            model.set(key, at);
          } else if (what === 'get') expect(map.get(key)).toBe(model.get(key));
          else if (what === 'peek') expect(map.peek(key)).toBe(model.all.get(key));
          else if (what === 'restore') map.restore(JSON.parse(JSON.stringify(map.snapshot())));
          else {
            map.delete(key);
            model.all.delete(key);
          }
          expect(map.snapshot()).toEqual([...model.all]);
          expect(map.size).toBe(model.all.size);
          expect(map.oldest()).toEqual([...model.all][0]);
        }
      }),
    );
  });

  it('tells what had to go', () => {
    const gone: string[] = [];
    const map = new BoundedMap<number>(2, (key) => gone.push(key));
    for (const key of ['a', 'b', 'c', 'b', 'd']) map.set(key, 1);
    map.delete('b');
    expect(gone).toEqual(['a', 'c']);
  });
});
