import { describe, expect, it } from 'vitest';
import { Ghosts } from './ghosts.ts';

const MINUTE_US = 60_000_000;
const ghost = (count: number, minute = 100) => ({
  count,
  firstUs: minute * MINUTE_US,
  lastUs: (minute + 1) * MINUTE_US,
});

describe('what is left of forgotten stories', () => {
  it('is found once under its key, and under no other', () => {
    const ghosts = new Ghosts();
    expect(ghosts.take('a')).toBeNull();
    ghosts.keep('a', ghost(7), 0);
    expect(ghosts.take('b')).toBeNull();
    expect(ghosts.take('a')).toEqual(ghost(7));
    expect(ghosts.take('a')).toBeNull();
  });

  it('holds most of thirty thousand keys', () => {
    const ghosts = new Ghosts();
    for (let i = 0; i < 30_000; i++) ghosts.keep(`198.18.${i >> 8}.${i & 255}`, ghost(2), 0);
    let found = 0;
    for (let i = 0; i < 30_000; i++) if (ghosts.take(`198.18.${i >> 8}.${i & 255}`)) found++;
    expect(found).toBeGreaterThan(24_000);
  });

  it('is not overwritten by what counts less, unless it is over', () => {
    const ghosts = new Ghosts();
    ghosts.keep('patient', ghost(5), 0);
    for (let i = 0; i < 300_000; i++) ghosts.keep(`f${i}`, ghost(1), 0);
    const copy = new Ghosts();
    copy.restore(JSON.parse(JSON.stringify(ghosts.snapshot())));
    expect(copy.take('patient')).toEqual(ghost(5));
    for (let i = 0; i < 300_000; i++) ghosts.keep(`g${i}`, ghost(1, 200), 150 * MINUTE_US);
    expect(ghosts.take('patient')).toBeNull();
  });
});
