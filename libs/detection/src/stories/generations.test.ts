import { describe, expect, it } from 'vitest';
import { Generations } from './generations.ts';

const make = (onLeft?: (key: string) => void) =>
  new Generations<{ weight: number }>({
    young: 3,
    old: 10,
    weight: (v) => v.weight,
    onLeft: (key) => onLeft?.(key),
  });

describe('two generations', () => {
  it('let a flood of new keys push out new keys only', () => {
    const all = make();
    all.add('patient', { weight: 2 });
    all.promote('patient');
    for (let i = 0; i < 1000; i++) all.add(`flood${i}`, { weight: 1 });
    expect(all.peek('patient')).toEqual({ weight: 2 });
    expect(all.size).toBe(4);
  });

  it('let the lightest of the longest untouched go when the protected room is full', () => {
    const all = make();
    for (let i = 0; i < 10; i++) {
      all.add(`k${i}`, { weight: i === 3 ? 1 : 5 });
      all.promote(`k${i}`);
    }
    all.add('next', { weight: 5 });
    all.promote('next');
    expect(all.peek('k3')).toBeUndefined();
    expect(all.peek('k0')).toBeDefined();
  });

  it('tell of each that left, and behave the same after they were saved', () => {
    const left: string[] = [];
    const all = make((key) => left.push(key));
    for (const key of ['a', 'b', 'c']) all.add(key, { weight: 1 });
    all.promote('b');
    all.get('a');
    const copy = make();
    copy.restore(JSON.parse(JSON.stringify(all.snapshot())));
    for (const map of [all, copy]) {
      map.add('d', { weight: 1 });
      map.add('e', { weight: 1 });
    }
    expect(left).toEqual(['b', 'c']);
    expect(copy.snapshot()).toEqual(all.snapshot());
    all.purge(() => true, 1);
    expect(left).toEqual(['b', 'c', 'b', 'a']);
  });
});
