import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DecisionBook } from './book.ts';
import type { Wanted } from './decision.ts';

const T0 = 1_700_000_000e6;
const HOUR_US = 3_600e6;
let dir: string;
let book: DecisionBook;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'decisions-'));
});
afterEach(() => {
  book?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const open = (maxActive = 1000) => {
  book = new DecisionBook({ path: join(dir, 'decisions.db'), maxActive });
};
const wanted = (value: string, createdUs = T0, more: Partial<Wanted> = {}): Wanted => ({
  key: '',
  scope: 'Ip',
  value,
  type: 'ban',
  origin: 'nadir',
  scenario: 'nadir/ssh-brute-force-address',
  detectionId: 'd',
  reason: '',
  createdUs,
  untilUs: createdUs + HOUR_US,
  ...more,
});
const values = (decisions: readonly { value: string }[]) => decisions.map(({ value }) => value);

describe('the book of decisions', () => {
  it("is its owner's alone on the disk, whatever the umask", () => {
    open();
    book.add(wanted('198.51.100.1'));
    const modes = readdirSync(dir).map((name) => [
      name,
      (statSync(join(dir, name)).mode & 0o777).toString(8),
    ]);
    expect(modes.length).toBeGreaterThan(1);
    expect(modes.map(([, mode]) => mode)).toEqual(modes.map(() => '600'));
  });

  it('tells a bouncer all of it once the clock was set back', () => {
    open();
    book.changes('fw', T0 + 10 * HOUR_US, true);
    book.add(wanted('198.51.100.1', T0));
    expect(values(book.changes('fw', T0 + 600e6, false).added)).toEqual(['198.51.100.1']);
  });

  it("lets a flood push out its own bans, never an operator's", () => {
    open(3);
    book.add(wanted('192.0.2.1', T0, { origin: 'operator', untilUs: T0 + 60e6 }));
    for (let i = 1; i <= 10; i++) book.add(wanted(`198.51.100.${i}`, T0 + i));
    expect(values(book.active(T0 + 20))).toEqual(['192.0.2.1', '198.51.100.9', '198.51.100.10']);
  });
});

describe('what was taken back', () => {
  it('stays so when the clock is set back, and bouncers are told', () => {
    open();
    book.add(wanted('198.51.100.1'));
    book.changes('fw', T0 + 60e6, true);
    book.remove('198.51.100.1', T0 + HOUR_US / 2);
    expect(values(book.active(T0 + 120e6))).toEqual([]);
    expect(values(book.changes('fw', T0 + 120e6, false).removed)).toEqual(['198.51.100.1']);
  });
});

describe('a flood', () => {
  it('leaves a bounded number of decisions behind', () => {
    book = new DecisionBook({ path: ':memory:', maxActive: 100 });
    for (let i = 0; i < 2000; i++) book.add(wanted(`10.0.${i >> 8}.${i & 255}`, T0 + i));
    expect(book.changes('new', T0 + 3000, true).added).toHaveLength(100);
    expect(book.changes('new', T0 + 3000, true).removed.length).toBeLessThanOrEqual(100);
    expect(book.earlier('10.0.0.0')).toBe(0);
  });

  it('is undone as a whole when one of it cannot be kept', () => {
    open();
    expect(() =>
      book.together(() => {
        book.add(wanted('198.51.100.1'));
        throw new Error('disk');
      }),
    ).toThrow('disk');
    expect(book.activeCount(T0 + 1)).toBe(0);
    book.add(wanted('198.51.100.2'));
    expect(values(book.about('198.51.100.2', T0 + 1))).toEqual(['198.51.100.2']);
  });
});
